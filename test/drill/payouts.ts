// The drill of paying: from the client's payment to the member's account every step is cut off at each of its points, by the death of the coop and by that of its database, and goes on.
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

const victims = ["server", "database"] as const;
type Victim = (typeof victims)[number];

/** Points that every act passes, and those of acts that post. */
const everyAct = ["key-taken", "acted", "facts-written", "key-kept", "committed", "answering"] as const satisfies readonly Failpoint[];
const posting = ["entry-posting", "entry-posted"] as const satisfies readonly Failpoint[];

export type PaidThrough = {
  readonly payables: number;
  readonly kills: number;
  readonly retried: number;
  readonly wrong: readonly string[];
};

export async function payThroughKills(tell: (line: string) => void): Promise<PaidThrough> {
  const yard = await openYard("payouts", { durable: true });
  try {
    const crowd: Crowd = { intents: [], vanished: [], stopped: () => false };
    const cast = await gather(yard, crowd, 1, 1);
    const round = { yard, cast, desk: await openDesk(yard, crowd, cast), kills: 0, turn: 0 };
    const wrong: string[] = [];
    for (const victim of victims)
      for (const point of [...everyAct, ...posting]) {
        wrong.push(...(await paidOnce(round, victim, point)));
        tell(`${victim} at ${point}: ${round.kills} kills so far`);
      }
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

/** Begins an act, and kills where it passes the point; it is repeated until it is answered. */
async function cutOff<Told>(round: Round, victim: Victim, point: Failpoint, act: () => Promise<Told | undefined>): Promise<Told> {
  const killing = victim === "server" ? round.yard.killServer(point, 0) : round.yard.killDatabaseAt(point);
  // What is told over the line between the two arrives before what is asked over HTTP.
  await pause(100);
  const [told] = await Promise.all([act(), killing]);
  round.kills += 1;
  if (told === undefined) throw new Error(`refused after the ${victim} died at ${point}`);
  return told;
}

/** One member, paid for one deal. Every line is a fault. */
async function paidOnce(round: Round, victim: Victim, point: Failpoint): Promise<readonly string[]> {
  const { yard, desk, cast } = round;
  const { tess, tom } = desk;
  const [poster, worker] = [cast.posters[0], cast.bidders[0]];
  if (!poster || !worker) throw new Error("a payout needs two who dealt");
  round.turn += 1;
  const invoice = await dealt(poster, worker, round.turn);
  const isPosting = (posting as readonly Failpoint[]).includes(point);
  const killed = <E extends Endpoint>(by: Caller, kind: string, endpoint: E, input: AskedOf<E>): Promise<ToldOf<E>> =>
    cutOff(round, victim, point, () => by.act(kind, endpoint, input));
  const calm = async <E extends Endpoint>(by: Caller, kind: string, endpoint: E, input: AskedOf<E>): Promise<ToldOf<E>> =>
    (await by.act(kind, endpoint, input)) ?? fail(kind);
  const between = isPosting ? calm : killed;
  await killed(tess, "credit", importBankFile, statement(round, { amount: "2420.00", reference: await referenceOf(yard, invoice) }));
  const payable = (await tess.read(listPayables, {}))?.items.find(({ waitsFor }) => waitsFor === undefined)?.id ?? "";
  await desk.prove();
  const { id: payout, hash } = await between(tess, "order", orderPayouts, { payables: [payable] });
  await killed(tom, "sign", signPayout, { payout, hash });
  await between(tess, "take", takePayoutFile, { payout });
  const file = await desk.file(payout);
  const item = await itemOf(yard, payable);
  await killed(tess, "debit", importBankFile, statement(round, { amount: "-1830.00", endToEnd: bankIdOf(item) }));
  return [
    ...((await desk.file(payout)) === file ? [] : [`${payout}: the file is another one`]),
    ...(await paidWrongly(yard, payable, file)),
  ];
}

const fail = (kind: string): never => {
  throw new Error(`${kind} was refused`);
};

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
