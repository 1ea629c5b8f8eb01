// Changes of signed work as people read them: every difference with what was and what becomes of it, the money to the cent, and what the guarantee answers.
import { sql, type Selectable } from "kysely";
import type { listAmendments, readEngagement } from "@partcommune/shared/marketplace/api";
import { differences, type FrozenMilestone, type FrozenTerms } from "@partcommune/shared/marketplace/rules/amended";
import type { Outcome } from "@partcommune/shared/marketplace/rules/amendment";
import type { CoverCheck } from "@partcommune/shared/marketplace/rules/cover";
import type { Side } from "@partcommune/shared/marketplace/rules/engagement";
import { budgetOf } from "@partcommune/shared/money/rules/split";
import { readsOwn } from "@partcommune/shared/platform/actor";
import type { AnswerOf, InputOf } from "@partcommune/shared/platform/endpoint";
import type { Id } from "@partcommune/shared/platform/id";
import { minus, moneyFrom, sum, zero, type Money, type Ppm } from "@partcommune/shared/platform/money";
import type { Day, Instant } from "@partcommune/shared/platform/time";
import { teamNames } from "./engagements.ts";
import { weightsOf } from "./teams.ts";
import { answerAddition, promiseOf } from "../../mutual/index.ts";
import { cursorOf, isBehind } from "../../platform/list.ts";
import type { View } from "../../platform/scope.ts";
import type { DB } from "../../platform/tables.ts";
import { signersIn, type Signer } from "./amendment-signatures.ts";
import { raisedIn, touchedBy } from "./amendments.ts";

type Card = AnswerOf<typeof readEngagement>["amendments"][number];
type Row = Selectable<DB["marketplace.amendment"]>;

/** The engagement whose changes are read. */
export type Of = {
  readonly id: Id;
  readonly client: Id;
  readonly team: readonly Id[];
  readonly currency: string;
  readonly signed_at: Instant | null;
};

/** Every change of an engagement, oldest first, for its two sides. */
export async function amendmentsOf(view: View, of: Of): Promise<readonly Card[]> {
  const rows = await view.db.selectFrom("marketplace.amendment").selectAll().where("engagement", "=", of.id).orderBy("number").execute();
  const signers = await signersIn(
    view,
    rows.map(({ id }) => id),
  );
  const cards: Card[] = [];
  for (const row of rows) cards.push({ ...(await cardOf(view, of, row, signers)), ...(await promiseSeen(view, of, row)) });
  return cards;
}

/** The one that waits. */
export const openCard = async (view: View, of: Of): Promise<Card | undefined> =>
  (await amendmentsOf(view, of)).find(({ outcome }) => outcome === "open");

type Fee = Pick<Of, "signed_at" | "currency">;

async function cardOf({ bylaw, now }: View, { signed_at: signedAt, currency }: Fee, row: Row, signers: readonly Signer[]): Promise<Card> {
  const [before, after] = [JSON.parse(row.before) as FrozenTerms, JSON.parse(row.paper) as FrozenTerms];
  const { value: rate } = await bylaw("fee.rate", signedAt ?? now);
  return {
    by: row.proposed_by as Side,
    reason: row.reason,
    at: row.at,
    standsUntil: row.stands_until,
    outcome: (row.outcome ?? "open") as Outcome,
    ...(row.ended_at === null ? {} : { endedAt: row.ended_at }),
    ...(row.ended_because === null ? {} : { endedBecause: row.ended_because }),
    paper: row.paper,
    hash: row.hash.toString("hex"),
    ...(row.client_signed_at === null ? {} : { clientSignedAt: row.client_signed_at }),
    ...(row.member_signed_at === null ? {} : { memberSignedAt: row.member_signed_at }),
    ...(before.endOn === after.endOn ? {} : { endOn: { was: before.endOn as Day, becomes: after.endOn as Day } }),
    ...(before.text === after.text ? {} : { text: { was: before.text, becomes: after.text } }),
    milestones: differences(before, after).map(({ number, was, becomes }) => ({
      number,
      ...(was ? { was: partFrom(was) } : {}),
      ...(becomes ? { becomes: partFrom(becomes) } : {}),
    })),
    money: { was: sumOf(before, rate, currency), becomes: sumOf(after, rate, currency) },
    parts: partsOf(before, after, signersOfOne(signers, row.id)),
    checks: row.held_up as CoverCheck[],
    ...(row.cover_note === null ? {} : { coverNote: row.cover_note }),
  };
}

const signersOfOne = (signers: readonly Signer[], amendment: Id): readonly Id[] =>
  signers.flatMap((signer) => (signer.amendment === amendment ? [signer.member] : []));

/** What each who does the work gets of the price, before and after, and whether they have signed. */
const partsOf = (before: FrozenTerms, after: FrozenTerms, signers: readonly Id[]): Card["parts"] =>
  after.team.map(({ number, member, name, share }, at) => ({
    number,
    name,
    was: moneyFrom(before.team[at]?.share ?? share),
    becomes: moneyFrom(share),
    signed: signers.includes(member),
  }));

const partFrom = ({ title, amount, dueOn, parallel }: FrozenMilestone): NonNullable<Card["milestones"][number]["was"]> => ({
  title,
  amount: moneyFrom(amount),
  ...(dueOn === undefined ? {} : { dueOn: dueOn as Day }),
  parallel,
});

/** What a plan costs, and how much of that is common money and the member's, each milestone being an invoice of its own. */
function sumOf({ milestones }: FrozenTerms, rate: Ppm, currency: string): Card["money"]["was"] {
  const prices: readonly Money[] = milestones.map(({ amount }) => moneyFrom(amount));
  const price = prices.reduce((total, each) => sum(total, each), zero(currency));
  const budget = budgetOf(prices, rate);
  return { price, fee: minus(price, budget), budget };
}

/** What the guarantee answered at its signing; while it waits, what it would answer now. One of a team reads their own answer, the client that of all. */
async function promiseSeen(view: View, of: Of, row: Row): Promise<Pick<Card, "promise" | "wouldLose">> {
  const { actor } = view;
  const reader = of.team.find((member) => readsOwn(actor, member));
  if (row.outcome === "signed") {
    const promise = await promiseOf(view, of.id, { amendment: row.id, member: reader });
    return promise ? { promise } : {};
  }
  const touched = row.outcome === null ? await touchedBy(view, row.id, of.currency) : [];
  const milestones = raisedIn(touched);
  if (milestones.length === 0) return {};
  const { client } = of;
  const team = await weightsOf(view, of.id);
  const asked = { engagement: of.id, amendment: row.id, client, team, confirmed: true, agreedAt: of.signed_at ?? view.now, milestones };
  const { promise, wouldLose } = await answerAddition(view, asked, reader);
  const lost = touched.find(({ id }) => id === wouldLose);
  return { ...(promise ? { promise } : {}), ...(lost ? { wouldLose: lost.title } : {}) };
}

/** Changes that a check holds up, for advisers: those proposed first on top. */
export async function amendmentsHeldUp(view: View, input: InputOf<typeof listAmendments>): Promise<AnswerOf<typeof listAmendments>> {
  const rows = await view.db
    .selectFrom("marketplace.amendment as amendment")
    .innerJoin("marketplace.engagement as engagement", "engagement.id", "amendment.engagement")
    .selectAll("amendment")
    .select(["engagement.title", "engagement.client_name", "engagement.currency", teamNames.as("memberName")])
    .select("engagement.signed_at as engagedAt")
    .where("amendment.ended_at", "is", null)
    .where("amendment.covered_by", "is", null)
    .where("amendment.stands_until", ">", view.now)
    .where(sql<boolean>`amendment.held_up <> '{}'`)
    .where((eb) => isBehind(eb, input.after, ">", "amendment.at", "amendment.id"))
    .orderBy("amendment.at")
    .orderBy("amendment.id")
    .limit(input.limit + 1)
    .execute();
  const shown = rows.slice(0, input.limit);
  const last = shown.at(-1);
  const items: AnswerOf<typeof listAmendments>["items"] = [];
  for (const { engagement, title, client_name: client, memberName, ...row } of shown) {
    const fee = { currency: row.currency, signed_at: row.engagedAt };
    items.push({ engagement, title, client, member: memberName, amendment: await cardOf(view, fee, { ...row, engagement }, []) });
  }
  return { items, ...(rows.length > input.limit && last ? { next: cursorOf(last.at, last.id) } : {}) };
}
