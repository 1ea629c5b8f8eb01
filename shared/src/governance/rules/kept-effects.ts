// What was worked out when a text was fixed, held against the same worked out again.
import { same } from "../../platform/same.ts";

type Branch = { readonly name?: string | undefined };
/** Figures as they travel, without whoever reads them. */
type Past = { readonly branches: readonly Branch[] };

/** Whether both say the same. A branch may have been renamed: only what its members earned counts. */
export const sameFigures = (one: Past, other: Past): boolean => same(withoutNames(one), withoutNames(other));

const withoutNames = (past: Past) => ({
  ...past,
  branches: past.branches.map((branch) => JSON.stringify({ ...branch, name: undefined })).toSorted(),
});
