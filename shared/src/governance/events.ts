// What governance records.
declare module "../platform/events.ts" {
  interface Facts {
    /** The coop exists: its card and version 1 of every bylaw stand. */
    "coop.founded": { readonly name: string; readonly country: string; readonly currency: string };
  }
}
export {};
