// The three coops of npm run sisters: what each is called on this machine, and who plays in it.
import type { Cast } from "../demo/cast.ts";
import { berlin } from "../demo/casts/berlin.ts";
import { brussels } from "../demo/casts/brussels.ts";
import { lille } from "../demo/casts/lille.ts";

export const casts = { brussels, lille, berlin } as const satisfies Readonly<Record<string, Cast>>;
export type SisterName = keyof typeof casts;

/** Where a sister stands: its name begins its address and names its database. */
export type Place = { readonly coop: SisterName; readonly port: number; readonly database: string };

export const places: readonly Place[] = [
  { coop: "brussels", port: 4101, database: "brussels" },
  { coop: "lille", port: 4102, database: "lille" },
  { coop: "berlin", port: 4103, database: "berlin" },
];

export const originOf = ({ coop, port }: Pick<Place, "coop" | "port">): string => `http://${coop}.localhost:${port}`;
