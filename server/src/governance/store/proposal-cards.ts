// Proposals as lists show them, in SQL.
import type { z } from "zod";
import type { listOwnProposals, listProposals, ProposalCard } from "@partcommune/shared/governance/api";
import { peopleNeeded } from "@partcommune/shared/governance/rules/majority";
import { firstOf } from "@partcommune/shared/governance/rules/opening-day";
import type { ProposalKind, ProposalState } from "@partcommune/shared/governance/rules/proposal";
import type { BylawClass } from "@partcommune/shared/governance/rules/words";
import type { AnswerOf, InputOf } from "@partcommune/shared/platform/endpoint";
import type { Instant } from "@partcommune/shared/platform/time";
import { cursorOf, isBehind } from "../../platform/list.ts";
import { found } from "../../platform/refused.ts";
import type { View } from "../../platform/scope.ts";
import { associates } from "./proposals.ts";

type Card = z.output<typeof ProposalCard>;

/** Every proposal as its card needs it; whoever asks says which. */
export const cards = ({ db }: Pick<View, "db">) =>
  db
    .selectFrom("governance.proposal as proposal")
    .innerJoin("membership.member_card as author", "author.id", "proposal.author")
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
      "vote",
      "contest_until",
    ])
    .select(({ fn, selectFrom }) =>
      selectFrom("governance.sponsorship as sponsorship")
        .select(fn.countAll<bigint>().as("count"))
        .whereRef("sponsorship.proposal", "=", "proposal.id")
        .as("sponsors"),
    );

type Row = Awaited<ReturnType<ReturnType<typeof cards>["execute"]>>[number];

/** When the state it is in ends by the clock, where it does. */
const untilOf = (row: Row) =>
  (
    { idea: row.idea_until, deliberation: row.deliberate_until, final: row.judge_until, passed: row.contest_until } as Partial<
      Record<string, typeof row.idea_until>
    >
  )[row.state];

/** A row as everybody reads it. */
export const cardOf = (row: Row, sponsorsNeeded: number): Card => {
  const until = untilOf(row);
  return {
    id: row.id,
    kind: row.kind as ProposalKind,
    class: row.class as BylawClass,
    title: row.title,
    state: row.state as ProposalState,
    author: row.name ?? "",
    sponsors: Number(row.sponsors ?? 0n),
    sponsorsNeeded,
    ...(row.amends === null ? {} : { amends: row.amends }),
    ...(row.published_at === null ? {} : { publishedAt: row.published_at }),
    ...(until ? { until } : {}),
    ...(row.vote === null ? {} : { vote: row.vote }),
  };
};

/** How many names a proposal needs today. */
export const needed = async (view: View): Promise<number> =>
  peopleNeeded((await view.bylaw("proposal.sponsors", view.now)).value, await associates(view));

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
  const sponsorsNeeded = rows.length > 0 ? await needed(view) : 0;
  const shown = rows.slice(0, limit);
  const last = shown.at(-1);
  return {
    items: shown.map((row) => cardOf(row, sponsorsNeeded)),
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
  const sponsorsNeeded = rows.length > 0 ? await needed(view) : 0;
  return { items: rows.map((row) => cardOf(row, sponsorsNeeded)) };
}

/** A proposal that waits for a day, with what it is about and the instant a second reading waits for. */
export type WaitingProposal = Card & {
  readonly admittedAt: Instant;
  readonly subjects: readonly string[];
  readonly notBefore: Instant | null;
};

/** Proposals that wait for a day, in the order in which they get one. */
export async function waitingProposals(view: View): Promise<readonly WaitingProposal[]> {
  const rows = await cards(view)
    .select(["subjects", "not_before"])
    .where("proposal.state", "=", "admitted")
    .where(({ or, eb, exists, selectFrom }) =>
      or([
        eb("amends", "is", null),
        // The version it was written beside is not voted: it stands alone.
        exists(
          selectFrom("governance.proposal as first")
            .select("first.id")
            .whereRef("first.id", "=", "proposal.amends")
            .where("first.state", "in", ["lapsed", "withdrawn", "inadmissible", "blocked"]),
        ),
      ]),
    )
    .execute();
  const sponsorsNeeded = rows.length > 0 ? await needed(view) : 0;
  return rows
    .map((row) => ({
      ...cardOf(row, sponsorsNeeded),
      admittedAt: found(row.admitted_at ?? undefined),
      subjects: row.subjects,
      notBefore: row.not_before,
    }))
    .toSorted(firstOf);
}
