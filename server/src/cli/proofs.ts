// What a backup is asked for when it is made, and again when it comes back.
import { checks } from "../checks.ts";
import { firstBrokenSeal, keysOpenAccounts, openYears } from "../money/index.ts";
import type { Proofs } from "../platform/backup/proofs.ts";
import { asText } from "../platform/checks.ts";

/** What the domains answer for. */
export const proofs: Proofs = {
  checks,
  opens: (db, keys) => keysOpenAccounts({ db, keys }),
  brokenSeal: async (db) => {
    const broken = await firstBrokenSeal({ db });
    return broken && asText(broken);
  },
  divide: (db, divisions) => openYears({ db }, divisions),
};
