// A sister as whoever started her sees her: a process that is asked for one thing after the other, and that ends when it is let go.
import { fork } from "node:child_process";
import { join } from "node:path";
import type { Instant } from "@partcommune/shared/platform/time";
import type { Size } from "../demo/story.ts";
import type { SisterName } from "./places.ts";

/** What a sister needs to stand: told to her alone, so that no list of processes shows it. */
export type Standing = {
  readonly coop: SisterName;
  readonly port: number;
  readonly databaseUrl: string;
  /** What seals her secrets, as base64url. */
  readonly secret: string;
};

/**
 * What a sister can be asked: to have today's demo, to open her doors, to follow the boards at these addresses. In a story: to be founded
 * at an instant, to go on to another, to let what is on its way arrive, and to ask every check of her database.
 */
export type Task =
  | ({ readonly do: "make"; readonly size: Size } & Standing)
  | ({ readonly do: "open" } & Standing)
  | { readonly do: "follow"; readonly others: readonly string[] }
  | ({ readonly do: "play"; readonly begins: Instant } & Standing)
  | { readonly do: "goTo"; readonly at: Instant }
  | { readonly do: "rest" }
  | { readonly do: "check" };

/** `busy`: whether more is due already. `found`: the checks that found something. */
export type Answer = { readonly fault?: string; readonly busy?: boolean; readonly found?: readonly string[] };

export type Sister = {
  /** Done once it comes back; one thing at a time. */
  readonly ask: (task: Task) => Promise<Answer>;
  /** Comes when the process is gone, whoever ended it. */
  readonly gone: Promise<void>;
  /** She stops what runs and ends. A sister whose starter is gone does so by herself. */
  readonly letGo: () => Promise<void>;
};

/** Starts a sister. Her process hears nothing of the terminal's signals: she ends with her starter, who decides about them. */
export function startSister(): Sister {
  const child = fork(join(import.meta.dirname, "sister.ts"), [], { execArgv: [], stdio: ["ignore", "inherit", "inherit", "ipc"] });
  const gone = new Promise<void>((ended) => void child.once("exit", () => ended()));
  return {
    gone,
    ask: async (task) => {
      const answer = new Promise<Answer>((heard) => void child.once("message", (said) => heard(said as Answer)));
      child.send(task);
      const told = await Promise.race([answer, gone.then((): Answer => ({ fault: "a sister ended before she answered" }))]);
      if (told.fault !== undefined) throw new Error(told.fault);
      return told;
    },
    letGo: async () => {
      if (child.connected) child.disconnect();
      await gone;
    },
  };
}
