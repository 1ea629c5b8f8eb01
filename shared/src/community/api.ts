// What can be asked of the community.
export * from "./api/gathering.ts";
export * from "./api/calendar.ts";
export * from "./api/assembly.ts";
export * from "./api/minutes.ts";
