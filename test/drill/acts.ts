// Who takes part in the drill and what each goes on doing until it is over.
import { setTimeout as pause } from "node:timers/promises";
import { foundCoop } from "@partcommune/shared/governance/api";
import { placeBid, postJob, withdrawBid } from "@partcommune/shared/marketplace/api";
import { admitMember, applyAsMember, askToSignUp, foundClient, openSession } from "@partcommune/shared/membership/api";
import { atelierCommun } from "../support/founding.ts";
import { posterJob } from "../support/jobs.ts";
import { organisation } from "../support/people.ts";
import { asAdmin } from "../support/postgres.ts";
import { postEntry, sealBook } from "./book.ts";
import { dayIn, deal, type Poster } from "./deal.ts";
import { openCaller, type Caller, type Crowd } from "./callers.ts";
import type { Yard } from "./yard.ts";

export type Cast = { readonly founder: Caller; readonly posters: readonly Poster[]; readonly bidders: readonly Caller[] };

const eur = (minor: number): string => `${Math.floor(minor / 100)}.${String(minor % 100).padStart(2, "0")}`;

/** The founder founds; posters found an organisation each; bidders are admitted. All of it through the public doors, under fire like the rest. */
export async function gather(yard: Yard, crowd: Crowd, posters: number, bidders: number): Promise<Cast> {
  const founder = openCaller(yard.origin, crowd, "founder");
  await founder.act("found", foundCoop, atelierCommun);
  await asAdmin(yard.url, async (client) => {
    const { rowCount } = await client.query("select from ledger.book");
    if (rowCount === 0) await client.query("select ledger.open_book('drill', 'Atelier Commun SC', 'BE', 'EUR', 'UTC', '2025-12-31')");
  });
  const join = (name: string): Promise<Caller> => joined(yard, crowd, name);
  return {
    founder,
    posters: await Promise.all(
      Array.from({ length: posters }, async (_, at) => {
        const caller = await join(`poster${at}`);
        const made = await caller.act("client", foundClient, { ...organisation, name: `Drill ${at} SA` });
        return { caller, client: made?.id ?? "" };
      }),
    ),
    bidders: await Promise.all(
      Array.from({ length: bidders }, async (_, at) => {
        const caller = await join(`bidder${at}`);
        const made = await caller.act("apply", applyAsMember, { status: "invoiced", trade: "translation" });
        await founder.act("admit", admitMember, { member: made?.id ?? "" });
        return caller;
      }),
    ),
  };
}

/** Somebody who signed up with the code from a letter. */
export async function joined(yard: Yard, crowd: Crowd, name: string): Promise<Caller> {
  const caller = openCaller(yard.origin, crowd, name);
  const email = `${name}@people.example`;
  await caller.act("sign-up", askToSignUp, { name, email, language: "en" });
  await caller.act("session", openSession, { email, code: await mailedCode(yard, email) });
  return caller;
}

/** The letter leaves after the commit, by a listener that may be killed as well. */
async function mailedCode({ postOffice }: Yard, email: string): Promise<string> {
  for (;;) {
    const code = /[2-9A-Z]{5} [2-9A-Z]{5}/.exec(postOffice.lettersTo(email).at(-1) ?? "");
    if (code) return code[0];
    await pause(50);
  }
}

/** Everybody at work until the crowd is told to stop. */
export async function work(yard: Yard, crowd: Crowd, { posters, bidders }: Cast, bookers: number): Promise<void> {
  const jobs: string[] = [];
  await Promise.all([
    ...posters.map((poster, at) => post(poster, crowd, jobs, `poster${at}`)),
    ...bidders.map((bidder, at) => bid(bidder, crowd, jobs, `bidder${at}`)),
    ...Array.from({ length: bookers }, (_, at) => book(openCaller(yard.desk, crowd, `booker${at}`), crowd, at)),
    seal(openCaller(yard.desk, crowd, "sealer"), crowd),
    knock(openCaller(yard.origin, crowd, "newcomer"), crowd),
    deal(posters[0], bidders[0], crowd),
  ]);
}

async function post({ caller, client }: Poster, { stopped }: Crowd, jobs: string[], name: string): Promise<void> {
  for (let turn = 1; !stopped(); turn += 1) {
    const dates = { startOn: dayIn(20), endOn: dayIn(25), bidsUntil: dayIn(10) };
    const posted = await caller.act("job", postJob, { ...posterJob(client), ...dates, title: `Job of ${name} ${turn}` });
    if (posted) jobs.unshift(posted.id);
  }
}

/** Bids on the newest jobs, and takes back every other bid. */
async function bid(caller: Caller, { stopped }: Crowd, jobs: readonly string[], name: string): Promise<void> {
  const done = new Set<string>();
  for (let turn = 1; !stopped(); turn += 1) {
    const job = jobs.find((each) => !done.has(each));
    if (!job) {
      await pause(20);
      continue;
    }
    done.add(job);
    const price = { amount: "2000.00", currency: "EUR" };
    const placed = await caller.act("bid", placeBid, { job, amount: price, pitch: `Bid of ${name} ${turn}` });
    if (placed) await caller.act("withdrawal", withdrawBid, { bid: placed.id });
  }
}

/** An invoice with its hold, the client's payment that ends it, a payout; and withdrawals from a pot that many draw on. */
async function book(caller: Caller, { stopped }: Crowd, at: number): Promise<void> {
  for (let turn = 1; !stopped(); turn += 1) {
    const name = `drill:${at}:${turn}`;
    const [price, fee] = [eur(10_000 + turn), eur(1_000 + turn)];
    const earned = { account: `member:${at}:budget`, money: { amount: eur(9_000), currency: "EUR" }, key: `${name}:uncollected` };
    const legs = `receivable:client:${at} +${price} · member:${at}:budget −90.00 · pot:reserve −${fee}`;
    await caller.act("entry", postEntry, { kind: "invoice.issued", key: `${name}:issued`, legs, hold: earned });
    const paid = `bank:main +${price} · receivable:client:${at} −${price}`;
    await caller.act("entry", postEntry, { kind: "client.paid", key: `${name}:paid`, legs: paid, ends: earned });
    const out = `member:${at}:budget +90.00 · payout:transit −90.00`;
    await caller.act("entry", postEntry, { kind: "payout.ordered", key: `${name}:out`, legs: out });
    // All bookers draw more on this pot together than flows in, so some of these are refused.
    if (turn % 3 === 0) {
      const key = `${name}:endowed`;
      await caller.act("entry", postEntry, { kind: "fund.endowed", key, legs: "bank:main +10.00 · pot:insurance −10.00" });
    }
    const claim = "pot:insurance +6.00 · claims:payable −6.00";
    await caller.act("entry", postEntry, { kind: "claim.approved", key: `${name}:claim`, legs: claim });
  }
}

async function seal(caller: Caller, { stopped }: Crowd): Promise<void> {
  while (!stopped()) {
    await caller.act("seal", sealBook, {});
    await pause(100);
  }
}

/** Strangers who ask for a code: a letter each, and an errand for its listener. */
async function knock(caller: Caller, { stopped }: Crowd): Promise<void> {
  for (let turn = 1; !stopped(); turn += 1) {
    await caller.act("knock", askToSignUp, { name: "Stranger", email: `stranger${turn}@people.example`, language: "fr" });
    await pause(40);
  }
}
