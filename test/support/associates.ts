// Associates of old, brought in by a list: many people who may vote at once, each knocking from an address of their own.
import { join } from "node:path";
import { readIn } from "@partcommune/server/cli/read-in";
import type { TestCoop } from "./coop.ts";
import { folderWith } from "./folder.ts";
import type { Associate } from "./members.ts";

export const nameOf = (at: number): string => `Voter ${String(at).padStart(3, "0")}`;
const emailOf = (at: number): string => `voter-${at}@people.example`;

/** Brings in who stands in these rows of a list; the run, by which they can be taken back. */
export async function broughtIn(coop: TestCoop, rows: readonly string[]): Promise<string> {
  const list = `email,name,language,stage,status,trade,branch,since\n${rows.join("\n")}\n`;
  return (await readIn(coop.perform, "members", join(folderWith({ "members.csv": list }), "members.csv"), {}, () => undefined)).run ?? "";
}

export async function associates(coop: TestCoop, count: number): Promise<readonly Associate[]> {
  const rows = Array.from({ length: count }, (_, at) => `${emailOf(at)},${nameOf(at)},en,associate,invoiced,translation,,2019-03-01`);
  await broughtIn(coop, rows);
  return rows.map((_, at) => ({
    name: nameOf(at),
    email: emailOf(at),
    caller: coop.someone(() => `10.1.${at >> 8}.${at & 255}`),
    member: "",
    person: "",
  }));
}
