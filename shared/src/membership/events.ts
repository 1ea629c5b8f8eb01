// What membership records.
import type { Id } from "../platform/id.ts";

declare module "../platform/events.ts" {
  interface Facts {
    /** A person is known to the coop. */
    "person.joined": Record<string, never>;
    /** An organisation that can post jobs; the person who founded it owns it. */
    "client.founded": { readonly owner: Id };
    "member.applied": { readonly person: Id };
    "member.admitted": { readonly by: Id };
  }
}
