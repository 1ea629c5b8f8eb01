// Invoices of a test, issued as the approval of a hand-in issues them: inside one act, by the buyer who approves.
import { earnAtSister, issueInvoice, openPayable } from "@partcommune/server/money/index";
import { saveClaim } from "@partcommune/server/federation/store/claims";
import type { Scope } from "@partcommune/server/platform/scope";
import type { Actor } from "@partcommune/shared/platform/actor";
import { uuidv7, type Id } from "@partcommune/shared/platform/id";
import { figuresOf } from "@partcommune/shared/money/rules/split";
import { moneyFrom, zero, type Money } from "@partcommune/shared/platform/money";
import { millisecondsOf, type Day } from "@partcommune/shared/platform/time";
import { z } from "zod";
import { seededRandom, type TestCoop } from "./coop.ts";

const Told = z.object({ invoice: z.string(), number: z.string(), payable: z.string() });

export type IssuedInvoice = z.output<typeof Told> & { readonly engagement: Id; readonly milestone: Id };

const random = seededRandom("invoices");
const newId = (coop: TestCoop): Id => uuidv7(millisecondsOf(coop.now()), random(10));
let acts = 0;

export type Order = {
  readonly client: Id;
  readonly member: Id;
  readonly price?: string;
  readonly about?: string;
  readonly currency?: string;
  readonly milestone?: Id;
  readonly actor?: Actor;
  /** As a promise of the guarantee gives them. */
  readonly guaranteed?: { readonly frontOn: string; readonly dueOn: string };
  /** Runs after the invoice stands, in the same act. */
  readonly after?: () => void;
};

/** The terms of every treaty in these tests: 8.5 % fee, of which a fifth stays with the host. */
const across = { feePpm: 85_000n, hostSharePpm: 200_000n, homeLossPpm: 0n } as const;

export type Across = Pick<Order, "price"> & { readonly sister: Id };

type WorkAcross = { readonly engagement: Id; readonly milestone: Id; readonly price: Money };

/** What the two coops claim of each other for it, as whoever approves or hears of it has it kept in the same act. */
async function keepClaim(scope: Scope, host: Id, ours: boolean, { engagement, milestone, price }: WorkAcross): Promise<void> {
  const row = { id: host, origin: "https://sister.example", at: scope.now };
  await scope.tx
    .insertInto("federation.host")
    .values(row)
    .onConflict((conflict) => conflict.doNothing())
    .execute();
  const claimed = { engagement: `${row.origin}/engagements/${engagement}`, milestone, turn: 0, ...figuresOf({ price, ...across }) };
  const raised = ours ? { statement: `${row.origin}/statements/${engagement}`, sha256: "none" } : {};
  await saveClaim(scope, { host, ours, claimed, state: ours ? "raised" : "expected", ...raised });
}

async function acrossBorder<Told>(
  coop: TestCoop,
  host: Id,
  ours: boolean,
  act: (scope: Scope, work: WorkAcross) => Promise<Told>,
  price = "2000.00",
): Promise<void> {
  const work = { engagement: newId(coop), milestone: newId(coop), price: moneyFrom({ amount: price, currency: "EUR" }) };
  const verb = { name: "test.across", input: z.strictObject({}), answer: z.object({}), status: 200 };
  await coop.perform(
    { kind: "clock" },
    verb,
    async (scope) => (await act(scope, work), await keepClaim(scope, host, ours, work), {}),
    {},
    { key: `across-${(acts += 1)}`, cause: "test" },
  );
}

/** Approves work that somebody of a sister did. */
export const invoicedForSister = (coop: TestCoop, client: Id, { sister: host, price }: Across): Promise<void> =>
  acrossBorder(
    coop,
    host,
    false,
    (scope, work) => {
      const sister = { ...across, host, doneBy: "Zoé" };
      return issueInvoice(scope, {
        ...work,
        client,
        sister,
        about: "Manual",
        deliveredOn: "2026-11-30" as Day,
        agreedAt: scope.now,
        approvedBy: null,
      });
    },
    price,
  );

/** Hears that a sister approved what a member of ours did. */
export const earnedAtSister = (coop: TestCoop, member: Id, { sister: host, price }: Across): Promise<void> =>
  acrossBorder(
    coop,
    host,
    true,
    async (scope, work) => {
      const { invoice, earnings } = await earnAtSister(scope, {
        ...work,
        ...across,
        host,
        agreedAt: scope.now,
        team: [{ member, part: 1n }],
      });
      const { engagement, milestone } = work;
      for (const { budget: amount } of earnings) await openPayable(scope, { engagement, milestone, invoice, member, amount });
    },
    price,
  );

/** Approves work: the invoice and what the member is owed, in one act. */
export async function invoiced(
  coop: TestCoop,
  { client, member, price = "2000.00", currency = "EUR", about = "Poster for the spring fair", actor = { kind: "clock" }, ...rest }: Order,
): Promise<IssuedInvoice> {
  const [engagement, milestone] = [newId(coop), rest.milestone ?? newId(coop)];
  const verb = { name: "test.approve", input: z.strictObject({}), answer: Told, status: 200 };
  const done = await coop.perform(
    actor,
    verb,
    async (scope) => {
      const parts = { engagement, milestone, client };
      const approvedBy = actor.kind === "person" ? actor.person : null;
      const agreed = {
        price: moneyFrom({ amount: price, currency }),
        about,
        deliveredOn: "2026-11-30" as Day,
        agreedAt: scope.now,
        approvedBy,
      };
      const team = [{ member, part: 1n }] as const;
      const { invoice, number, earnings } = await issueInvoice(scope, { ...parts, team, ...agreed });
      const amount = earnings[0]?.budget ?? zero(currency);
      const guaranteed = rest.guaranteed && { frontOn: rest.guaranteed.frontOn as Day, dueOn: rest.guaranteed.dueOn as Day };
      const payable = await openPayable(scope, { invoice, engagement, milestone, member, amount, guaranteed });
      rest.after?.();
      return { invoice, number, payable };
    },
    {},
    { key: `approve-${(acts += 1)}`, cause: "test" },
  );
  return { ...(JSON.parse(done.answer) as z.output<typeof Told>), engagement, milestone };
}
