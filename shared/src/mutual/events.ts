// What the mutual fund records.
import type { Id } from "../platform/id.ts";
import type { QueueReason } from "../money/rules/payout.ts";
import type { GuaranteeQuestion } from "./rules/guarantee.ts";
import type { Pot } from "../governance/rules/pots.ts";
import type { WarningCause } from "./rules/warning.ts";

declare module "../platform/events.ts" {
  interface Facts {
    /** The seven questions were answered at signing; `lacking` are those that did not hold, and with any of them nothing is promised. */
    "guarantee.answered": { readonly client: Id; readonly member: Id; readonly lacking: readonly GuaranteeQuestion[] };
    /** The subject is the warning: what was found is beyond what members voted. */
    "fund.warned": { readonly cause: WarningCause; readonly pot?: Pot; readonly ppm: number };
    "fund.eased": { readonly cause: WarningCause; readonly pot?: Pot };
    "fund.answered": { readonly kind: "accepted" | "plan" };
    /** Something of the pot is held back, so that a payable can be paid though the client has not. */
    "guarantee.fronted": { readonly engagement: Id; readonly member: Id; readonly held: string; readonly currency: string };
    /** It should be paid ahead, and has to wait. */
    "guarantee.queued": { readonly engagement: Id; readonly member: Id; readonly reason: QueueReason };
    /** Somebody waits because of this; everybody is told. */
    "mutual.alerted": { readonly cause: QueueReason };
    /** The wind-down file of a month is to be made and checked; the subject is that rehearsal. */
    "windDown.due": { readonly month: string };
    "windDown.rehearsed": { readonly month: string; readonly files: number; readonly faults: number };
    "mutual.alertEnded": { readonly cause: string };
  }
}
