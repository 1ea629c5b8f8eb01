// What the marketplace records.
import type { Id } from "../platform/id.ts";

declare module "../platform/events.ts" {
  interface Facts {
    "job.opened": { readonly client: Id };
    "job.closed": { readonly client: Id };
    "job.withdrawn": { readonly client: Id };
    "bid.placed": { readonly job: Id };
    "bid.withdrawn": { readonly job: Id };
    "bid.accepted": { readonly job: Id; readonly engagement: Id };
    /** Another bid was signed, or the job was withdrawn. */
    "bid.rejected": { readonly job: Id };
    "bid.lapsed": { readonly job: Id };
    "engagement.quoted": { readonly job: Id; readonly hash: string };
    /** Both sides signed the same quote. */
    "engagement.signed": { readonly job: Id; readonly hash: string };
    "engagement.lapsed": { readonly job: Id; readonly because: "declined" | "unsigned" };
  }
}
