// What the mutual fund records.
import type { Id } from "../platform/id.ts";
import type { GuaranteeQuestion } from "./rules/guarantee.ts";

declare module "../platform/events.ts" {
  interface Facts {
    /** The seven questions were answered at signing; `lacking` are those that did not hold, and with any of them nothing is promised. */
    "guarantee.answered": { readonly client: Id; readonly member: Id; readonly lacking: readonly GuaranteeQuestion[] };
  }
}
