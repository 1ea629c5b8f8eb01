// What membership records.
import type { Role } from "../platform/actor.ts";
import type { Id } from "../platform/id.ts";

declare module "../platform/events.ts" {
  interface Facts {
    /** A person is known to the coop. */
    "person.joined": Record<string, never>;
    "passkey.added": { readonly passkey: Id };
    "passkey.removed": { readonly passkey: Id };
    /** An organisation that can post jobs; the person who founded it owns it. */
    "client.founded": { readonly owner: Id };
    "member.applied": { readonly person: Id };
    "member.admitted": { readonly by: Id };
    "member.confirmed": { readonly by: Id };
    /** The member owns their first share; from now on they vote. */
    "member.associated": Record<string, never>;
    "role.given": { readonly role: Role; readonly by: Id };
    "role.ended": { readonly role: Role; readonly by: Id };
  }
}
