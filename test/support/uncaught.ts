// Whose an error is that nobody caught: of the test within which it began. tap has Node report the birth and the death of every promise to know it, a quarter of all that a lane computes; here is asked only once there is an error.
import { AsyncLocalStorage, AsyncResource, executionAsyncResource } from "node:async_hooks";

type Told = (error: unknown, origin: string) => void;

const within = new AsyncLocalStorage<Domain>();

/** The first of all: that of tap itself, which never ends before the process. */
const first: Domain[] = [];

/** What tap makes for each test, inside the scope in which it runs that test later. */
export class Domain {
  readonly #tell: Told;
  readonly #parent: Domain | undefined = within.getStore() ?? first[0];
  #ended = false;

  constructor(onerror: Told) {
    this.#tell = onerror;
    if (first.length === 0) first.push(this);
    const scope = executionAsyncResource();
    if (scope instanceof AsyncResource) this.#holds(scope);
  }

  onerror(error: unknown, origin: string): void {
    this.#tell(error, origin);
  }

  destroy(): void {
    this.#ended = true;
  }

  /** The test itself, or, when that has ended, the one around it that has not. */
  get living(): Domain | undefined {
    return this.#ended ? this.#parent?.living : this;
  }

  #holds(scope: AsyncResource): void {
    const run = scope.runInAsyncScope.bind(scope);
    scope.runInAsyncScope = (work, self, ...given) => run(() => within.run(this, () => Reflect.apply(work, self, given)));
  }
}

/** With nobody left to tell, the error ends the process, and with it the file. */
function belongs(error: unknown, origin: string): void {
  const test = (within.getStore() ?? first[0])?.living;
  if (test === undefined) throw error;
  test.onerror(error, origin);
}

process.on("uncaughtException", belongs);
process.on("unhandledRejection", (error) => belongs(error, "unhandledRejection"));
