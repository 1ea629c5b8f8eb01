// The list of members that a large coop brings along.
import { join } from "node:path";
import { folderWith } from "../../support/folder.ts";

export const nameOf = (seat: number): string => `Seat ${seat}`;
export const addressOf = (seat: number): string => `seat-${seat}@people.example`;

/** So many associates; where the list lies. */
export function memberList(seats: number): string {
  const rows = Array.from({ length: seats }, (_, at) =>
    [addressOf(at), nameOf(at), at % 2 === 0 ? "fr" : "en", "associate", "invoiced", "translation", "2025-03-01"].join(","),
  );
  return join(folderWith({ "members.csv": ["email,name,language,stage,status,trade,since", ...rows].join("\n") }), "members.csv");
}
