// What the doctor looks at, and how it says what it found.
import type { Instant } from "@partcommune/shared/platform/time";
import type { Proofs } from "../backup/proofs.ts";
import type { Config } from "../config.ts";
import type { Database } from "../database.ts";

export type Patient = {
  readonly config: Config;
  readonly db: Database;
  readonly clock: () => Instant;
  readonly now: Instant;
  readonly secret: string | undefined;
  readonly proofs: Pick<Proofs, "checks" | "opens">;
  /** A folder on the disk that fills up. */
  readonly folder: string;
};

/** A sentence for the operator. What is only `noted` is worth knowing and keeps nobody from working. */
export type Finding = { readonly says: string; readonly noted: boolean };

export type Examination = { readonly matter: string; readonly look: (patient: Patient) => Promise<readonly Finding[]> };

export const found = (says: string): Finding => ({ says, noted: false });
export const noted = (says: string): Finding => ({ says, noted: true });

/** The findings whose condition holds. */
export const those = (...findings: readonly (readonly [holds: boolean, finding: Finding])[]): readonly Finding[] =>
  findings.filter(([holds]) => holds).map(([, finding]) => finding);

const hourMs = 3_600_000;

/** A span as a person says it: "40 minutes", "5 hours", "3 days". */
export function inWords(ms: number): string {
  const [count, unit] = ms < 2 * hourMs ? [ms / 60_000, "minute"] : ms < 48 * hourMs ? [ms / hourMs, "hour"] : [ms / (24 * hourMs), "day"];
  const whole = Math.floor(count);
  return `${whole} ${unit}${whole === 1 ? "" : "s"}`;
}

export type Told = Finding & { readonly matter: string };

/** Looks at each matter; one that cannot be looked at is a finding too, and does not keep the doctor from the others. */
export async function examine(patient: Patient, examinations: readonly Examination[]): Promise<readonly Told[]> {
  const told: Told[] = [];
  for (const { matter, look } of examinations) {
    const findings = await look(patient).catch((error: Error) => [found(`This could not be looked at: ${error.message}`)]);
    told.push(...findings.map((finding) => ({ matter, ...finding })));
  }
  return told;
}
