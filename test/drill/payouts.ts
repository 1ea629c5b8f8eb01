// The drill of paying: from the client's payment to the member's account every step is cut off at each of its points, by the death of who answers, of the worker beside it and of the database of both, and goes on.
import { setTimeout as pause } from "node:timers/promises";
import { gzipSync } from "node:zlib";
import { listPayables, orderPayouts, signPayout, takePayoutFile } from "@partcommune/shared/money/api";
import { importBankFile } from "@partcommune/shared/money/api/statement";
import { bankIdOf } from "@partcommune/shared/money/rules/bank-id";
import type { AskedOf, Endpoint, ToldOf } from "@partcommune/shared/platform/endpoint";
import { instantOf } from "@partcommune/shared/platform/time";
import type { Failpoint } from "@partcommune/server/platform/world";
import { camt, type Line } from "../support/camt.ts";
import { asAdmin } from "../support/postgres.ts";
import { gather, type Cast } from "./acts.ts";
import { audit } from "./audit.ts";
import type { Caller, Crowd } from "./callers.ts";
import { dealt } from "./deal.ts";
import { openDesk, type Desk } from "./desk.ts";
import { openYard, type Yard } from "./yard.ts";

type Victim = "server" | "worker" | "database";
type Step = "credit" | "order" | "sign" | "take" | "debit";

/** Whom a round kills, at which point, and in which of its steps. */
type Death = { readonly victim: Victim; readonly point: Failpoint; readonly steps: readonly Step[] };

const deaths: readonly Death[] = [
  ...(["server", "database"] as const).flatMap((victim) => [
    ...dying(
      victim,
      ["key-taken", "acted", "facts-written", "key-kept", "committed", "answering"],
      ["credit", "order", "sign", "take", "debit"],
    ),
    ...dying(victim, ["entry-posting", "entry-posted"], ["credit", "sign", "debit"]),
  ]),
  // It collects what the guarantee promised once the client has paid,
  ...dying("worker", ["errand-taken", "errand-done"], ["credit"]),
  // and between the batch and its file it watches the fund and seals what was posted.
  ...dying(
    "worker",
    ["due-found", "key-taken", "acted", "facts-written", "key-kept", "committed", "due-done", "seal-reckoned", "sealed"],
    ["sign", "debit"],
  ),
];

function dying(victim: Victim, points: readonly Failpoint[], steps: readonly Step[]): readonly Death[] {
  return points.map((point) => ({ victim, point, steps }));
}

/** A worker that is gone is missed after half a minute, and looked for once a minute. */
const patienceMs = 150_000;

export type PaidThrough = {
  readonly payables: number;
  readonly kills: number;
  readonly retried: number;
  readonly wrong: readonly string[];
};

export async function payThroughKills(tell: (line: string) => void): Promise<PaidThrough> {
  const yard = await openYard("payouts", { durable: true, apart: true });
  try {
    const crowd: Crowd = { intents: [], vanished: [], stopped: () => false };
    const cast = await gather(yard, crowd, 1, 1);
    const round = { yard, cast, desk: await openDesk(yard, crowd, cast), kills: 0, turn: 0 };
    const wrong: string[] = [];
    for (const death of deaths) {
      wrong.push(...(await paidOnce(round, death)));
      tell(`${death.victim} at ${death.point}: ${round.kills} kills so far`);
    }
    wrong.push(...(await leftUndone(yard)));
    const found = await audit(yard, crowd.intents);
    return {
      payables: round.turn,
      kills: round.kills,
      retried: crowd.intents.filter(({ tries }) => tries > 1).length,
      wrong: [...wrong, ...crowd.vanished, ...found.lost, ...found.doubled, ...found.wrong, ...yard.unexpected()],
    };
  } finally {
    await yard.close();
  }
}

type Round = { readonly yard: Yard; readonly cast: Cast; readonly desk: Desk; kills: number; turn: number };

/** Begins an act, and kills where the point is passed; it is repeated until it is answered. */
async function cutOff<Told>(round: Round, death: Death, act: () => Promise<Told | undefined>): Promise<Told> {
  const killing = killed(round.yard, death);
  // What is told over the line between the two arrives before what is asked over HTTP.
  await pause(100);
  const [told] = await Promise.all([act(), killing]);
  round.kills += 1;
  if (told === undefined) throw new Error(`refused after the ${death.victim} died at ${death.point}`);
  return told;
}

const killed = (yard: Yard, { victim, point }: Death): Promise<void> =>
  ({ server: () => yard.killServer(point, 0), worker: () => yard.killWorker(point), database: () => yard.killDatabaseAt(point) })[victim]();

/** One member, paid for one deal. Every line is a fault. */
async function paidOnce(round: Round, death: Death): Promise<readonly string[]> {
  const { yard, desk, cast } = round;
  const { tess, tom } = desk;
  const [poster, worker] = [cast.posters[0], cast.bidders[0]];
  if (!poster || !worker) throw new Error("a payout needs two who dealt");
  round.turn += 1;
  const invoice = await dealt(poster, worker, round.turn);
  const step = async <E extends Endpoint>(name: Step, by: Caller, endpoint: E, input: AskedOf<E>): Promise<ToldOf<E>> => {
    const act = (): Promise<ToldOf<E> | undefined> => by.act(name, endpoint, input);
    return death.steps.includes(name) ? cutOff(round, death, act) : ((await act()) ?? fail(name));
  };
  await step("credit", tess, importBankFile, statement(round, { amount: "2420.00", reference: await referenceOf(yard, invoice) }));
  const payable = (await tess.read(listPayables, {}))?.items.find(({ waitsFor }) => waitsFor === undefined)?.id ?? "";
  await desk.prove();
  const { id: payout, hash } = await step("order", tess, orderPayouts, { payables: [payable] });
  await step("sign", tom, signPayout, { payout, hash });
  await step("take", tess, takePayoutFile, { payout });
  const file = await desk.file(payout);
  const item = await itemOf(yard, payable);
  await step("debit", tess, importBankFile, statement(round, { amount: "-1830.00", endToEnd: bankIdOf(item) }));
  return [
    ...((await desk.file(payout)) === file ? [] : [`${payout}: the file is another one`]),
    ...(await paidWrongly(yard, payable, file)),
  ];
}

const fail = (kind: string): never => {
  throw new Error(`${kind} was refused`);
};

/** What a dead worker had in hand is taken up by the next one. */
async function leftUndone(yard: Yard): Promise<readonly string[]> {
  let waiting = await undone(yard);
  for (const until = Date.now() + patienceMs; waiting.length > 0 && Date.now() < until; waiting = await undone(yard)) await pause(1_000);
  return waiting.map(({ queue, state, errands }) => `${errands} errands of ${queue} are ${state}`);
}

const undone = (yard: Yard) =>
  asked<{ queue: string; state: string; errands: number }>(
    yard,
    "select name as queue, state::text, count(*)::int as errands from pgboss.job where state < 'completed' or name = 'dead' group by name, state",
    [],
  );

const statement = ({ turn }: Round, line: Line): AskedOf<typeof importBankFile> => {
  const today = instantOf(Date.now()).slice(0, 10);
  const name = `${turn} ${line.amount}`;
  return { gzip: gzipSync(camt([{ ...line, ref: name }], { name, until: today })).toString("base64") };
};

async function referenceOf(yard: Yard, invoice: string): Promise<string> {
  const [row] = await asked<{ reference: string }>(yard, "select reference from money.document where id = $1", [invoice]);
  return row?.reference ?? "";
}

async function itemOf(yard: Yard, payable: string): Promise<string> {
  const [row] = await asked<{ id: string }>(yard, "select id from money.payout_item where payable = $1 and live", [payable]);
  return row?.id ?? "";
}

/** Paid by one item of one batch, by one entry each, and once in the file. */
async function paidWrongly(yard: Yard, payable: string, file: string): Promise<readonly string[]> {
  const [row] = await asked<Record<string, number>>(
    yard,
    `select count(*)::int as items, count(settled_on)::int as settled,
      (select count(*)::int from ledger.entry where key in (select 'payout-item:' || id || ':ordered' from money.payout_item where payable = $1)) as ordered,
      (select count(*)::int from ledger.entry where kind = 'payout.settled' and bank_line_id in
        (select settled_line from money.payout_item where payable = $1)) as booked
    from money.payout_item where payable = $1`,
    [payable],
  );
  const transfers = file.match(/<CdtTrfTxInf>/g)?.length ?? 0;
  const seen = { ...row, transfers };
  return Object.values(seen).every((count) => count === 1) ? [] : [`${payable}: ${JSON.stringify(seen)}`];
}

const asked = <Row extends object>({ url }: Yard, text: string, values: readonly unknown[]): Promise<readonly Row[]> =>
  asAdmin(url, async (client) => (await client.query<Row>(text, [...values])).rows);
