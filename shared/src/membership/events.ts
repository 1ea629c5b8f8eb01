// What membership records.
declare module "../platform/events.ts" {
  interface Facts {
    /** A person is known to the coop. */
    "person.joined": Record<string, never>;
  }
}
export {};
