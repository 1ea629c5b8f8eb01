// What a domain gives to `app.ts`: its doors. Nobody else collects them.
import type { z } from "zod";
import type { Fact, FactType } from "@partcommune/shared/platform/events";
import type { Id } from "@partcommune/shared/platform/id";
import type { Database } from "./database.ts";
import type { Lanes } from "./lanes.ts";
import type { Door } from "./doors.ts";
import type { Perform, Verb } from "./perform.ts";
import type { Action, View } from "./scope.ts";
import type { Passage } from "./passage.ts";
import type { World } from "./world.ts";

/** What a listener may use: the world, the database, the one way to write, the eyes of whoever only reads, lanes to wake, and the passage of those who wait at a door. */
export type Listening = {
  readonly world: World;
  readonly db: Database;
  readonly perform: Perform;
  readonly view: () => View;
  readonly wake: Lanes["wake"];
  readonly passage: Passage;
};

/** Work that waits in a table of the domain: for which things something is due, and what is then done for each. */
export type Lane = {
  readonly name: `${string}.${string}`;
  readonly due: (view: View) => Promise<readonly Id[]>;
  readonly work: (listening: Listening, id: Id) => Promise<void>;
};

/** A reaction to committed facts. It bears repetition and any order, and no money depends on it. */
export type Listener = {
  /** Also the end of its queue's name: `listen.<name>`. */
  readonly name: `${string}.${string}`;
  readonly facts: readonly FactType[];
  readonly hear: (listening: Listening, fact: Fact) => Promise<void>;
};

/** Something that falls due by the clock: what is due now, and the act that is then done once for each. */
export type Duty<Input extends z.ZodObject = z.ZodObject, Answer extends z.ZodType = z.ZodType> = {
  readonly verb: Verb<Input, Answer>;
  /** Each due thing with the name its key is made of: the thing and the instant it fell due. */
  readonly due: (view: View) => Promise<readonly { readonly key: string; readonly input: z.input<Input> }[]>;
  readonly act: Action<z.output<Input>, z.output<Answer>>;
};

/** Keeps the types of a duty together while many of them stand in one list. */
export const duty = <Input extends z.ZodObject, Answer extends z.ZodType>(declared: Duty<Input, Answer>): Duty => declared;

export type Domain = {
  readonly routes?: (door: Door) => void;
  readonly listeners?: readonly Listener[];
  readonly duties?: readonly Duty[];
  readonly lanes?: readonly Lane[];
};
