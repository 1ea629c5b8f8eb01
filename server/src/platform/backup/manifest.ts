// The last page of a backup: what is in it, from when, and what the coop's checks said at that moment.
import { z } from "zod";
import { InstantText } from "@partcommune/shared/platform/api";

const Sha256 = z.string().regex(/^[0-9a-f]{64}$/);
const Sum = { rows: z.int().min(0), bytes: z.int().min(0), sha256: Sha256 };

export const KeptTable = z.strictObject({
  name: z.string(),
  columns: z.array(z.string()),
  /** Tables that a coop at work added to a divided one, such as a year of the book. */
  divisions: z.array(z.string()),
  ...Sum,
});

export const Manifest = z.strictObject({
  format: z.literal(1),
  software: z.string(),
  postgres: z.string(),
  coop: z.string(),
  at: InstantText,
  migrations: z.array(z.strictObject({ name: z.string(), sha256: Sha256 })),
  tables: z.array(KeptTable),
  sequences: z.array(z.strictObject({ name: z.string(), last: z.string().nullable() })),
  errands: z.strictObject(Sum),
  checks: z.array(z.string()),
});

export type KeptTable = z.output<typeof KeptTable>;
export type Manifest = z.output<typeof Manifest>;

/** Names of the parts that are not tables. */
export const errandsPart = "errands";
export const manifestPart = "manifest.json";
export const secretPart = "secret.json";
