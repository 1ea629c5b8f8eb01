// What the mutual fund records.
import type { Id } from "../platform/id.ts";
import type { GuaranteeQuestion } from "./rules/guarantee.ts";
import type { WarningCause } from "./rules/warning.ts";

declare module "../platform/events.ts" {
  interface Facts {
    /** The seven questions were answered at signing; `lacking` are those that did not hold, and with any of them nothing is promised. */
    "guarantee.answered": { readonly client: Id; readonly member: Id; readonly lacking: readonly GuaranteeQuestion[] };
    /** The subject is the warning: what was found is beyond what members voted. */
    "fund.warned": { readonly cause: WarningCause; readonly ppm: number };
    "fund.eased": { readonly cause: WarningCause };
    "fund.answered": { readonly kind: "accepted" | "plan" };
  }
}
