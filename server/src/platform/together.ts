// Many who ask the same at once: their questions go to the database together, or they act in turns.
import { setImmediate as oneTurn } from "node:timers/promises";

type Waiting<Item, Answer> = {
  readonly item: Item;
  readonly answered: (answer: Answer) => void;
  readonly failed: (error: unknown) => void;
};

/**
 * Asks that come in one turn of the process, or while others are on their way, go together: alone nobody waits, and a crowd makes few trips.
 * `ask` answers each in its place. Where a crowd fails, each is asked for alone, so that nobody fails for another.
 */
export function together<Item, Answer>(
  most: number,
  ask: (items: readonly Item[]) => Promise<readonly Answer[]>,
): (item: Item) => Promise<Answer> {
  const waiting: Waiting<Item, Answer>[] = [];
  let isAsking = false;

  async function answer(crowd: readonly Waiting<Item, Answer>[]): Promise<void> {
    try {
      const answers = await ask(crowd.map(({ item }) => item));
      crowd.forEach(({ answered }, at) => answered(answers[at] as Answer));
    } catch (error) {
      if (crowd.length > 1) for (const each of crowd) await answer([each]);
      else crowd[0]?.failed(error);
    }
  }

  async function askAll(): Promise<void> {
    if (isAsking) return;
    isAsking = true;
    await oneTurn();
    while (waiting.length > 0) await answer(waiting.splice(0, most));
    isAsking = false;
  }

  return (item) =>
    new Promise((answered, failed) => {
      waiting.push({ item, answered, failed });
      void askAll();
    });
}

/** Lets so many act at once; everybody else waits for a turn. */
export function inTurns(most: number): <Value>(act: () => Promise<Value>) => Promise<Value> {
  const waiting: (() => void)[] = [];
  let free = most;
  return async (act) => {
    if (free > 0) free -= 1;
    else await new Promise<void>((mine) => void waiting.push(mine));
    try {
      return await act();
    } finally {
      const next = waiting.shift();
      if (next) next();
      else free += 1;
    }
  };
}
