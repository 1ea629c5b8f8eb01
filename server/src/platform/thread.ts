// A thread of its own for work that would hold up everybody else who waits for an answer. It starts with the first piece of work, and keeps a process alive only while it works.
import { parentPort, Worker } from "node:worker_threads";

type Waiting<Done> = { readonly done: (what: Done) => void; readonly failed: (error: Error) => void };
type Asked = { readonly no: number; readonly piece: unknown };
type Answered = { readonly no: number; readonly done?: unknown; readonly failed?: Error };

/** The way to a module that calls `worksOn`. A thread that dies takes what it was at with it; the next piece has a new one. */
export function openThread<Done>(module: URL): (piece: object) => Promise<Done> {
  const waiting = new Map<number, Waiting<Done>>();
  let worker: Worker | undefined;
  let asked = 0;

  function start(): Worker {
    // It is told nothing of what its process was begun with: whatever is loaded there first belongs to that.
    const started = new Worker(module, { execArgv: [] });
    started.on("message", ({ no, done, failed }: Answered) => {
      const ask = waiting.get(no);
      waiting.delete(no);
      if (waiting.size === 0) started.unref();
      if (failed === undefined) ask?.done(done as Done);
      else ask?.failed(failed);
    });
    started.on("error", (error) => {
      worker = undefined;
      for (const { failed } of waiting.values()) failed(error as Error);
      waiting.clear();
    });
    return started;
  }

  return (piece) =>
    new Promise((done, failed) => {
      const no = (asked += 1);
      waiting.set(no, { done, failed });
      worker ??= start();
      worker.ref();
      worker.postMessage({ no, piece } satisfies Asked, []);
    });
}

/** In the thread: does each piece, one after the other. */
export function worksOn(act: (piece: never) => Promise<unknown>): void {
  let before: Promise<unknown> = Promise.resolve();
  const answer = async ({ no, piece }: Asked): Promise<void> => {
    const answered: Answered = await act(piece as never).then(
      (done) => ({ no, done }),
      (error: unknown) => ({ no, failed: error instanceof Error ? error : new Error(String(error)) }),
    );
    parentPort?.postMessage(answered, []);
  };
  parentPort?.on("message", (asked: Asked) => void (before = before.then(() => answer(asked))));
}
