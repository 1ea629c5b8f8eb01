// Proposals as lists show them, in SQL.
import { sql } from "kysely";
import type { z } from "zod";
import type { listOwnProposals, listProposals, ProposalCard } from "@partcommune/shared/governance/api";
import { firstOf } from "@partcommune/shared/governance/rules/opening-day";
import { fallenStates, type ProposalKind, type ProposalState } from "@partcommune/shared/governance/rules/proposal";
import { namesNeeded, type Carrying } from "@partcommune/shared/governance/rules/repeating";
import { assemblyWaitDays } from "@partcommune/shared/governance/rules/sitting";
import type { BylawClass } from "@partcommune/shared/governance/rules/words";
import type { AnswerOf, InputOf } from "@partcommune/shared/platform/endpoint";
import type { Id } from "@partcommune/shared/platform/id";
import { dayMs, later, type Instant } from "@partcommune/shared/platform/time";
import { cursorOf, isBehind } from "../../platform/list.ts";
import { found } from "../../platform/refused.ts";
import type { View } from "../../platform/scope.ts";
import { bookOf } from "../../platform/store.ts";
import { associates } from "./proposals.ts";

type Card = z.output<typeof ProposalCard>;

/** When members last said no to another text about the same. */
export const rejectedAt = sql<Instant | null>`(
  select max(other.ended_at) from governance.proposal as other
  where other.state = 'rejected' and other.subjects && proposal.subjects and other.id <> proposal.id)`;

/** Every proposal as its card needs it; whoever asks says which. */
export const cards = ({ db }: Pick<View, "db">) =>
  db
    .selectFrom("governance.proposal as proposal")
    .leftJoin("membership.member_card as author", "author.id", "proposal.author")
    .leftJoin("governance.vote as vote", "vote.id", "proposal.vote")
    .select([
      "proposal.id",
      "proposal.kind",
      "proposal.class",
      "proposal.title",
      "proposal.state",
      "proposal.author",
      "author.name",
      "amends",
      "published_at",
      "idea_until",
      "deliberate_until",
      "judge_until",
      "admitted_at",
      "version",
      "in_assembly",
      "vote",
      "contest_until",
      "vote.state as vote_state",
    ])
    .select(({ fn, selectFrom }) =>
      selectFrom("governance.sponsorship as sponsorship")
        .select(fn.countAll<bigint>().as("count"))
        .whereRef("sponsorship.proposal", "=", "proposal.id")
        .as("sponsors"),
    )
    .select(rejectedAt.as("rejected_at"));

type Row = Awaited<ReturnType<ReturnType<typeof cards>["execute"]>>[number];

/** When the state it is in ends by the clock, where it does: what is contested waits for people. */
const untilOf = (row: Row) =>
  (
    {
      idea: row.idea_until,
      deliberation: row.deliberate_until,
      final: row.judge_until,
      passed: row.vote_state === "contested" ? null : row.contest_until,
    } as Partial<Record<string, typeof row.idea_until>>
  )[row.state];

/** States in which names still matter. */
const carriedIn: readonly string[] = ["draft", "idea", "deliberation"];

/** A row as everybody reads it. */
export const cardOf = (row: Row, carrying: Carrying): Card => {
  const until = untilOf(row);
  const { names, repeatsUntil } = namesNeeded(carrying, carriedIn.includes(row.state) ? row.rejected_at : null);
  return {
    id: row.id,
    kind: row.kind as ProposalKind,
    class: row.class as BylawClass,
    title: row.title,
    state: row.state as ProposalState,
    ...(row.author === null ? {} : { author: row.name ?? "" }),
    sponsors: Number(row.sponsors ?? 0n),
    // What the clock called nobody needs to carry.
    sponsorsNeeded: row.author === null ? 0 : names,
    ...(repeatsUntil ? { repeatsUntil } : {}),
    ...(row.amends === null ? {} : { amends: row.amends }),
    ...(row.published_at === null ? {} : { publishedAt: row.published_at }),
    ...(until ? { until } : {}),
    ...(row.vote === null ? {} : { vote: row.vote }),
    version: row.version,
    inAssembly: row.in_assembly,
  };
};

/** What decides today how many names a proposal needs. */
export const carryingNow = async (view: View): Promise<Carrying> => ({
  threshold: (await view.bylaw("proposal.sponsors", view.now)).value,
  repeatDays: (await view.bylaw("proposal.repeatDays", view.now)).value,
  associates: await associates(view),
  zone: (await bookOf(view.db)).zone,
  now: view.now,
});

/** Whether enough names stand behind a proposal. */
export async function isCarried(view: View, proposal: Id): Promise<boolean> {
  const row = await cards(view).where("proposal.id", "=", proposal).executeTakeFirstOrThrow();
  const { sponsors, sponsorsNeeded } = cardOf(row, await carryingNow(view));
  return sponsors >= sponsorsNeeded;
}

/** Everything that was ever published, the newest first. */
export async function proposals(
  view: View,
  { state, limit, after }: InputOf<typeof listProposals>,
): Promise<AnswerOf<typeof listProposals>> {
  const rows = await cards(view)
    .where("published_at", "is not", null)
    .$if(state !== undefined, (query) => query.where("proposal.state", "=", state ?? ""))
    .where((eb) => isBehind(eb, after, "<", "published_at", "proposal.id"))
    .orderBy("published_at", "desc")
    .orderBy("proposal.id", "desc")
    .limit(limit + 1)
    .execute();
  const shown = rows.slice(0, limit);
  const last = shown.at(-1);
  return {
    items: await cardsOf(view, shown),
    ...(rows.length > limit && last?.published_at ? { next: cursorOf(last.published_at, last.id) } : {}),
  };
}

/** A member's own, drafts included. */
export async function ownProposals(view: View): Promise<AnswerOf<typeof listOwnProposals>> {
  const member = view.actor.kind === "person" ? view.actor.member : undefined;
  const rows = await cards(view)
    .where("proposal.author", "=", member ?? null)
    .orderBy("drafted_at", "desc")
    .limit(200)
    .execute();
  return { items: await cardsOf(view, rows) };
}

/** Rows as everybody reads them, in their order. What carries one is asked only where there is one: before the founding there are no rules. */
export async function cardsOf(view: View, rows: readonly Row[]): Promise<Card[]> {
  if (rows.length === 0) return [];
  const carrying = await carryingNow(view);
  return rows.map((row) => cardOf(row, carrying));
}

/** A proposal that waits for a day, with what it is about and the instant a second reading waits for. */
export type WaitingProposal = Card & {
  readonly admittedAt: Instant;
  readonly subjects: readonly string[];
  readonly notBefore: Instant | null;
};

/** Whoever has waited for an assembly since then is voted like any other. */
const waitedSince = (now: Instant): Instant => later(now, -assemblyWaitDays * dayMs);

/** Proposals that wait for a day, in the order in which they get one. */
export async function waitingProposals(view: View): Promise<readonly WaitingProposal[]> {
  const rows = await cards(view)
    .select(["subjects", "not_before"])
    .where("proposal.state", "=", "admitted")
    .where(({ or, eb, fn }) =>
      or([eb("in_assembly", "=", false), eb(fn<Instant>("greatest", ["admitted_at", "not_before"]), "<=", waitedSince(view.now))]),
    )
    .where(({ or, eb, exists, selectFrom }) =>
      or([
        eb("amends", "is", null),
        // The version it was written beside is not voted: it stands alone.
        exists(
          selectFrom("governance.proposal as first")
            .select("first.id")
            .whereRef("first.id", "=", "proposal.amends")
            .where("first.state", "in", [...fallenStates]),
        ),
      ]),
    )
    .execute();
  const each = await cardsOf(view, rows);
  return rows
    .flatMap((row, at) => {
      const card = each[at];
      return card ? [{ ...card, admittedAt: found(row.admitted_at ?? undefined), subjects: row.subjects, notBefore: row.not_before }] : [];
    })
    .toSorted(firstOf);
}
