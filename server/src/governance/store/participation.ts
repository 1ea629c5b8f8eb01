// The page of who takes part, in SQL: the newest turnouts, and the line of proposals that wait for a day.
import type { readParticipation } from "@partcommune/shared/governance/api";
import type { Notice } from "@partcommune/shared/governance/rules/notice";
import { expectedDays } from "@partcommune/shared/governance/rules/opening-day";
import { groupsOf, groupsTold, lastCounts, splits, type Split, type Turnout } from "@partcommune/shared/governance/rules/participation";
import { dayOf, monthOf } from "@partcommune/shared/platform/calendar";
import type { AnswerOf } from "@partcommune/shared/platform/endpoint";
import type { View } from "../../platform/scope.ts";
import { calendarOf } from "./due.ts";
import { waitingProposals } from "./proposal-cards.ts";
import { branchNames, newestCounts, turnoutIn, type TurnoutIn } from "./turnout.ts";
import { askedIn } from "./votes.ts";

type Answer = AnswerOf<typeof readParticipation>;
type Came = Answer["whole"];

const sumOf = (turnouts: readonly Pick<Turnout, "roll" | "came">[]): Came => ({
  roll: turnouts.reduce((sum, { roll }) => sum + roll, 0),
  came: turnouts.reduce((sum, { came }) => sum + came, 0),
});

/** Everybody reads the same of it. */
export async function participation(view: View): Promise<Answer> {
  const counts = await newestCounts(view, lastCounts);
  const turnouts = await turnoutIn(
    view,
    counts.map(({ id }) => id),
  );
  // Each split has everybody in it once.
  const all = turnouts.filter(({ split }) => split === splits[0]);
  const names = await branchNames(view);
  return {
    votes: counts.map(({ id, notice, closedAt }) => ({
      id,
      title: Object.values((JSON.parse(notice) as Notice).titles)[0] ?? "",
      closedAt,
      ...sumOf(all.filter(({ vote }) => vote === id)),
    })),
    whole: sumOf(all),
    splits: splits.flatMap((by) => splitTold(by, turnouts, (part) => (by === "branch" ? (names.get(part) ?? "") : part))),
    ...(await line(view)),
  };
}

function splitTold(by: Split, turnouts: readonly TurnoutIn[], named: (part: string) => string): Answer["splits"] {
  const groups = groupsOf(turnouts.filter(({ split }) => split === by));
  const told = groupsTold(groups);
  if (told.length === 0) return [];
  const rest = sumOf(groups.slice(told.length));
  return [{ by, groups: told.map(({ part, roll, came }) => ({ part: named(part), roll, came })), ...(rest.roll === 0 ? {} : { rest }) }];
}

/** What waits for a day, and how full this month is. */
async function line(view: View): Promise<Pick<Answer, "line" | "openThisMonth" | "mostAMonth">> {
  const calendar = await calendarOf(view);
  const asked = await askedIn(view, calendar.zone);
  const waiting = await waitingProposals(view);
  const expected = expectedDays(view.now, calendar, asked, waiting);
  return {
    openThisMonth: asked(monthOf(dayOf(view.now, calendar.zone))),
    mostAMonth: calendar.monthlyLimit,
    line: waiting.flatMap(({ id, title }, at) => (expected[at] ? [{ proposal: id, title, place: at + 1, opensAt: expected[at] }] : [])),
  };
}
