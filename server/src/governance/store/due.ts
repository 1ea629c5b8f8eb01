// What of proposals falls due by the clock, in SQL.
import type { ProposalState } from "@partcommune/shared/governance/rules/proposal";
import type { Id } from "@partcommune/shared/platform/id";
import type { Instant } from "@partcommune/shared/platform/time";
import type { Scope, View } from "../../platform/scope.ts";
import { cards, cardsOf, rejectedAt, waitingProposals } from "./proposal-cards.ts";
import { askedIn, subjectsAtStake } from "./votes.ts";
import { stillWeighed } from "./weighing.ts";
import { bookOf } from "../../platform/store.ts";
import { openingDay, type Calendar } from "@partcommune/shared/governance/rules/opening-day";
import { heldColumns, heldOf, type Held } from "./proposals.ts";

type Due = readonly { readonly id: Id; readonly at: Instant }[];

/** Proposals in a state whose limit is over. */
async function over({ db, now }: View, state: ProposalState, limit: "idea_until" | "deliberate_until" | "judge_until"): Promise<Due> {
  const rows = await db
    .selectFrom("governance.proposal")
    .select(["id", limit])
    .where("state", "=", state)
    .where(limit, "<=", now)
    .orderBy("id")
    .limit(100)
    .execute();
  return rows.flatMap((row) => (row[limit] === null ? [] : [{ id: row.id, at: row[limit] }]));
}

export const ideasToLapse = async (view: View): Promise<Due> => over(view, "idea", "idea_until");
/** Ideas that have all the names they need since a rejection before them counts no more. */
export async function ideasToSupport(view: View): Promise<Due> {
  const rows = await cards(view).where("proposal.state", "=", "idea").where(rejectedAt, "is not", null).limit(200).execute();
  return (await cardsOf(view, rows))
    .filter(({ repeatsUntil, sponsors, sponsorsNeeded }) => repeatsUntil === undefined && sponsors >= sponsorsNeeded)
    .map(({ id }) => ({ id, at: view.now }));
}

export const proposalsToFix = async (view: View): Promise<Due> => over(view, "deliberation", "deliberate_until");
export const proposalsToPass = async (view: View): Promise<Due> => over(view, "final", "judge_until");

/** Other versions of a proposal that may be voted with it, held until the act ends. */
export async function rivalsToConvene({ tx }: Scope, proposal: Id): Promise<readonly Held[]> {
  const rows = await tx
    .selectFrom("governance.proposal")
    .select(heldColumns)
    .where("amends", "=", proposal)
    .where("state", "=", "admitted")
    .orderBy("id")
    .forUpdate()
    .execute();
  return rows.map(heldOf);
}

/** Ideas for another version of a proposal whose words are fixed now: too late to be voted with it. */
export async function ideasLeftBehind({ tx }: Scope, proposal: Id): Promise<readonly Id[]> {
  const rows = await tx.selectFrom("governance.proposal").select("id").where("amends", "=", proposal).where("state", "=", "idea").execute();
  return rows.map(({ id }) => id);
}

/** Whether another version is still on its way to the same vote. */
export async function rivalsOnTheirWay({ db }: Pick<View, "db">, proposal: Id): Promise<boolean> {
  const row = await db
    .selectFrom("governance.proposal")
    .select("id")
    .where("amends", "=", proposal)
    .where("state", "in", ["deliberation", "final"])
    .limit(1)
    .executeTakeFirst();
  return row !== undefined;
}

/** What decides when a vote may open. */
export async function calendarOf({ db, bylaw, now }: View): Promise<Calendar> {
  return {
    zone: (await bookOf(db)).zone,
    openingDays: (await bylaw("vote.openingDays", now)).value,
    noticeDays: (await bylaw("vote.noticeDays", now)).value,
    monthlyLimit: (await bylaw("vote.monthlyLimit", now)).value,
  };
}

/** The proposal that is first in line, with the opening day that has room for it; nobody while there is none. One at a time: each takes room from the next. */
export async function proposalToConvene(view: View): Promise<readonly { readonly id: Id; readonly opensAt: Instant }[]> {
  const waiting = await waitingProposals(view);
  if (waiting.length === 0) return [];
  const calendar = await calendarOf(view);
  const [asked, atStake, weighed] = [await askedIn(view, calendar.zone), await subjectsAtStake(view), await stillWeighed(view)];
  for (const { id, subjects, notBefore } of waiting) {
    if (weighed.has(id)) continue;
    const opensAt = openingDay(view.now, calendar, asked, notBefore);
    if (opensAt && !subjects.some((subject) => atStake.has(subject)) && !(await rivalsOnTheirWay(view, id))) return [{ id, opensAt }];
  }
  return [];
}
