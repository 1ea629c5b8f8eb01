// The file of a payout for the bank: who takes it is written down first, and then it is the same bytes for everybody.
import anyAscii from "any-ascii";
import type * as api from "@partcommune/shared/money/api";
import { bankIdOf } from "@partcommune/shared/money/rules/bank-id";
import { bankText, painFile, type Transfer } from "@partcommune/shared/money/rules/pain";
import { objectionToFile, type FrozenBatch } from "@partcommune/shared/money/rules/payout-batch";
import { banks, dayAfter, dayOf, workingDayAfter } from "@partcommune/shared/platform/calendar";
import type { AnswerOf, InputOf } from "@partcommune/shared/platform/endpoint";
import { moneyFrom } from "@partcommune/shared/platform/money";
import type { Day } from "@partcommune/shared/platform/time";
import { readCalendar } from "../../platform/calendar/store.ts";
import type { File } from "../../platform/doors.ts";
import { found, refuseIf, refuseUnless } from "../../platform/refused.ts";
import { viewOf, type Action, type Query, type Scope } from "../../platform/scope.ts";
import { bookOf } from "../../platform/store.ts";
import { accountInForce } from "../store/house-account.ts";
import * as store from "../store/payout-files.ts";
import { heldBatch } from "../store/payouts.ts";
import { askingPerson } from "./asking-person.ts";

/** Takes the file. The first time fixes from which account and on which day it asks the bank to pay. */
export const takePayoutFile: Action<InputOf<typeof api.takePayoutFile>, AnswerOf<typeof api.takePayoutFile>> = async (
  scope,
  { payout: id },
) => {
  const { person } = askingPerson(scope);
  const { state } = found(await heldBatch(scope, id));
  const account = await accountInForce(scope);
  refuseIf(objectionToFile(state, account !== undefined));
  const before = await store.takings(viewOf(scope), [id]);
  if (before.length === 0) await store.fixFile(scope, id, found(account).id, await executionDay(scope));
  await store.saveTaking(scope, id, person);
  scope.emit({ type: "payout.exported", subject: id, body: { times: before.length + 1 }, about: ["desk:money"] });
  return { before: before.map(({ by, at }) => ({ by, at })) };
};

/** The first day after today on which banks of the area settle. */
async function executionDay(scope: Scope): Promise<Day> {
  const today = dayOf(scope.now, (await bookOf(scope.tx)).zone);
  return workingDayAfter(today, 1, await readCalendar(viewOf(scope), banks, today, dayAfter(today, 30)));
}

/** What the file is made of, for a treasurer who has taken it. */
export const payoutFile: Query<InputOf<typeof api.readPayoutFile>, store.FileToWrite> = async (view, { payout: id }) => {
  const { person } = askingPerson(view);
  found((await store.batchStands(view, id)) || undefined);
  const taken = await store.takings(view, [id]);
  refuseUnless(
    taken.some((taking) => taking.person === person),
    "file-not-taken",
  );
  return found(await store.fileToWrite(view, id));
};

/** Writes the file, of the frozen batch and the sealed accounts and nothing else. */
export async function writePayoutFile({ id, frozen, at, executeOn, from, accounts }: store.FileToWrite): Promise<File> {
  const message = bankIdOf(id);
  const bytes = painFile({
    id: message,
    at,
    executeOn,
    from: { name: bankName(from.holder), iban: from.iban, ...(from.bic === null ? {} : { bic: from.bic }) },
    transfers: frozen.items.map((item) => transferOf(item, frozen.currency, accounts)),
  });
  return { name: `payout-${message}.xml`, bytes: Buffer.from(bytes) };
}

/** As banks take names: in plain letters, seventy at most. */
const bankName = (name: string): string => bankText(anyAscii(name), 70);

type Accounts = store.FileToWrite["accounts"];

/** An item as it was signed. Its account is the signed one by its digest, or nothing is written at all. */
function transferOf({ item, name, about, amount, iban }: FrozenBatch["items"][number], currency: string, accounts: Accounts): Transfer {
  const account = accounts.get(item);
  if (account?.digest !== iban) throw new Error("an account is not the one that was signed");
  return {
    id: bankIdOf(item),
    name: bankName(name),
    iban: account.iban,
    amount: moneyFrom({ amount, currency }),
    about: bankText(anyAscii(about), 140),
  };
}
