// Work across a border in a test: the host approves and expects a claim, the home books what its member earned and raises it.
import { z } from "zod";
import { expectClaim, raiseClaim, sisterAt } from "@partcommune/server/federation/index";
import { earnAtSister, issueInvoice, openPayable } from "@partcommune/server/money/index";
import type { Scope } from "@partcommune/server/platform/scope";
import type { CreditRisk } from "@partcommune/shared/governance/rules/terms";
import { homeLossPpm } from "@partcommune/shared/money/rules/legs-of-sisters";
import { figuresOf } from "@partcommune/shared/money/rules/split";
import { uuidv7, type Id } from "@partcommune/shared/platform/id";
import { moneyFrom, type Ppm } from "@partcommune/shared/platform/money";
import { millisecondsOf, type Day } from "@partcommune/shared/platform/time";
import { seededRandom, type TestCoop } from "./coop.ts";

const random = seededRandom("across");
const verb = { name: "test.across", input: z.strictObject({}), answer: z.object({}), status: 200 };

/** One act of the software in a coop. */
export async function acting(coop: TestCoop, act: (scope: Scope) => Promise<unknown>): Promise<void> {
  const key = uuidv7(millisecondsOf(coop.now()), random(10));
  await coop.perform({ kind: "clock" }, verb, async (scope) => (await act(scope), {}), {}, { key, cause: "test" });
}

export type Work = {
  readonly client: Id;
  readonly member: Id;
  readonly price: string;
  /** What the home believes the host's part of the fee to be, where it reckons otherwise. */
  readonly believes?: Ppm;
  /** Who bears it when the client never pays, by the treaty. */
  readonly creditRisk?: CreditRisk;
  /** What the home believes that the treaty says of it, where that is another thing. */
  readonly risk?: CreditRisk;
  /** Whether the coop of the client knows nothing of it. */
  readonly isUnknown?: boolean;
};

/** There is no milestone of a marketplace around this work that could hear that it is paid for. */
const alone = (scope: Scope): Scope => ({ ...scope, emit: (fact) => (fact.type === "invoice.paid" ? undefined : scope.emit(fact)) });

const hostOf = async (coop: TestCoop, sister: TestCoop): Promise<Id> => {
  const known = await sisterAt(coop.db, sister.origin);
  if (!known) throw new Error(`${coop.origin} has no treaty with ${sister.origin}`);
  return known.host;
};

const agreed = { feePpm: 85_000n, hostSharePpm: 200_000n } as const;

/** A client of one coop approved what a member of the other did; the address of the engagement. */
export async function approvedAcross(
  host: TestCoop,
  home: TestCoop,
  { client, member, price, believes, creditRisk = "host", risk = creditRisk, isUnknown = false }: Work,
): Promise<string> {
  const newId = (): Id => uuidv7(millisecondsOf(host.now()), random(10));
  const [id, milestone, there] = [newId(), newId(), newId()];
  const engagement = `${host.origin}/engagements/${id}`;
  const work = { price: moneyFrom({ amount: price, currency: "EUR" }), ...agreed };
  const claim = { engagement, milestone: "m1" };
  const losses = (by: CreditRisk) => ({ homeLossPpm: homeLossPpm(agreed.hostSharePpm, by) });
  const [homeAtHost, hostAtHome] = [await hostOf(host, home), await hostOf(home, host)];
  const approve = async (scope: Scope): Promise<void> => {
    const sister = { ...agreed, ...losses(creditRisk), host: homeAtHost, doneBy: "Anna" };
    const paper = { about: "Manual", deliveredOn: "2026-12-01" as Day, agreedAt: scope.now, approvedBy: null };
    const { invoice } = await issueInvoice(scope, { engagement: id, milestone, client, price: work.price, sister, ...paper });
    await expectClaim(scope, { host: homeAtHost, invoice, ...claim, ...figuresOf(work) });
  };
  if (!isUnknown) await acting(host, approve);
  await acting(home, async (scope) => {
    const ours = { ...work, hostSharePpm: believes ?? work.hostSharePpm };
    const place = { engagement: there, milestone };
    const team = [{ member, part: 1n }] as const;
    const { invoice, earnings } = await earnAtSister(alone(scope), {
      ...place,
      ...ours,
      ...losses(risk),
      host: hostAtHome,
      agreedAt: scope.now,
      team,
    });
    for (const { budget: amount } of earnings) await openPayable(scope, { ...place, invoice, member, amount });
    await raiseClaim(scope, { host: hostAtHome, invoice, ...claim, ...figuresOf(ours) });
  });
  return engagement;
}
