// What money records.
import type { Id } from "../platform/id.ts";

type Work = { readonly engagement: Id; readonly milestone: Id };

declare module "../platform/events.ts" {
  interface Facts {
    "invoice.issued": Work & { readonly client: Id; readonly member: Id };
    /** The bank has booked all of it. */
    "invoice.paid": Work & { readonly client: Id; readonly member: Id };
    /** The bank has booked the payout of what the member was owed. */
    "payable.paid": Work & { readonly member: Id };
  }
}
