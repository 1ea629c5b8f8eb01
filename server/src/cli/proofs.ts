// What a backup is asked for when it is made, and again when it comes back.
import { jsonText } from "@partcommune/shared/platform/json";
import { checks } from "../checks.ts";
import { firstBrokenSeal, keysOpenAccounts, openYears } from "../money/index.ts";
import type { Proofs } from "../platform/backup/proofs.ts";

/** What the domains answer for. */
export const proofs: Proofs = {
  checks,
  opens: (db, keys) => keysOpenAccounts({ db, keys }),
  brokenSeal: async (db) => {
    const broken = await firstBrokenSeal({ db });
    return broken && jsonText(broken);
  },
  divide: (db, divisions) => openYears({ db }, divisions),
};
