// What the marketplace records.
import type { Id } from "../platform/id.ts";

declare module "../platform/events.ts" {
  interface Facts {
    "job.opened": { readonly client: Id };
    "job.closed": { readonly client: Id };
    "job.withdrawn": { readonly client: Id };
    "bid.placed": { readonly job: Id };
    "bid.withdrawn": { readonly job: Id };
  }
}
