// What a backup asks of the domains above it, so that what was kept, and what came back, is known to be sound.
import type { Instant } from "@partcommune/shared/platform/time";
import { askEach, linesOf, type Check } from "../checks.ts";
import type { Database } from "../database.ts";
import { keysFrom, type Keys } from "../keys.ts";

export type Proofs = {
  readonly checks: readonly Check[];
  /** Whether these keys open what lies sealed; undefined while nothing does. */
  readonly opens: (db: Database, keys: Keys) => Promise<boolean | undefined>;
  /** The first seal of the book that is broken, as text; undefined when all hold. */
  readonly brokenSeal: (db: Database) => Promise<string | undefined>;
  /** Makes the divisions of tables that a coop at work had made. */
  readonly divide: (db: Database, divisions: readonly string[]) => Promise<void>;
};

/** The lines that `ledger check` prints, with the verdict on the seals. */
export async function saidBy({ checks, brokenSeal }: Proofs, db: Database, now: Instant): Promise<readonly string[]> {
  const lines = linesOf(await askEach(checks, db, now));
  const broken = await brokenSeal(db);
  return [...lines, broken === undefined ? "ok     every sealed entry is what it was when it was sealed" : `BROKEN ${broken}`];
}

/** The name of the check that a line is about. */
const subject = (line: string): string => /^(?:ok|FOUND) +([^: ]+)/.exec(line)?.[1] ?? line;

/** The lines that were not said when the backup was made. A check that came with a later version may say that all is well. */
export function unheardOf(said: readonly string[], kept: readonly string[]): readonly string[] {
  const before = new Set(kept.map(subject));
  return said.filter((line) => !kept.includes(line) && !(line.startsWith("ok ") && !before.has(subject(line))));
}

export const keysOf = (secret: string): Keys => keysFrom(Buffer.from(secret, "base64url"));
