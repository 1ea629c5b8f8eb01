// The sealed book from the database, in the order of its seals, and whether it is still what was sealed.
import { headOf, headsCount } from "../../platform/transparency/heads.ts";
import { leafAt, sizeOf } from "../../platform/transparency/log.ts";
import type { Reading } from "../store/ledger.ts";
import { batches, bookSealed, sealedIn, sealLog } from "../store/seal.ts";
import { checkingSeals, type Broken, type Checking, type Witnessed } from "./checking-seals.ts";
import { batchLine, entryLine, readLine, type SealedLine } from "./sealed-lines.ts";

/** Every line of it, one batch after another, so that no book is too large. */
export async function* sealedBook(view: Reading): AsyncGenerator<SealedLine> {
  let entries = 0;
  yield { kind: "book", says: { format: 1, coop: await bookSealed(view) } };
  for (const batch of await batches(view)) {
    for (const entry of await sealedIn(view, batch)) {
      yield entryLine(entry);
      entries += 1;
    }
    const leaf = await leafAt(view, sealLog, batch.batch - 1);
    yield batchLine(batch, Buffer.from(leaf ?? []).toString());
    const head = await headOf(view, sealLog, batch.batch);
    if (head) yield { kind: "head", says: { size: head.size, root: head.root, jws: head.jws } };
  }
  yield { kind: "end", says: { entries, batches: await sizeOf(view, sealLog), heads: await headsCount(view, sealLog) } };
}

/** Reckons every seal again from the rows; `end()` says the first that differs. */
export async function checkSealedBook(view: Reading, witnessed: readonly Witnessed[] = []): Promise<Checking> {
  const checking = checkingSeals(witnessed);
  for await (const line of sealedBook(view)) if (await checking.take(line)) break;
  return checking;
}

/** The same of a book that was written out, whatever pieces its text comes in: it needs nothing else. */
export async function checkWritten(pieces: AsyncIterable<string>, witnessed: readonly Witnessed[] = []): Promise<Checking> {
  const checking = checkingSeals(witnessed);
  let rest = "";
  for await (const piece of pieces) {
    const lines = `${rest}${piece}`.split("\n"); // nothing but this ends a line: a carriage return is one more character of it
    rest = lines.pop() ?? "";
    for (const line of lines) if (await checking.take(readLine(line))) return checking;
  }
  if (rest !== "") await checking.take(undefined);
  return checking;
}

/** The first row of the book that is not as it was sealed; undefined when all is. */
export const firstBrokenSeal = async (view: Reading): Promise<Broken | undefined> => (await checkSealedBook(view)).end();
