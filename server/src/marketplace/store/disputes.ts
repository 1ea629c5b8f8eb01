// The advisers' desk of disputes, in SQL: which are open, who mediates, and for the mediator what was said.
import type { listDisputes } from "@partcommune/shared/marketplace/api";
import type { EngagementState } from "@partcommune/shared/marketplace/rules/engagement";
import { milestoneTable, nameOf } from "@partcommune/shared/marketplace/rules/milestone";
import { objectionToMediation, objectionToSuggestion } from "@partcommune/shared/marketplace/rules/settlement";
import { statesBefore } from "@partcommune/shared/platform/table";
import type { AnswerOf, InputOf } from "@partcommune/shared/platform/endpoint";
import type { Id } from "@partcommune/shared/platform/id";
import type { Instant } from "@partcommune/shared/platform/time";
import { cursorOf, isBehind } from "../../platform/list.ts";
import type { View } from "../../platform/scope.ts";
import { teamNames } from "./engagements.ts";
import { asTheLawSees, owedOf } from "./milestones.ts";
import { saidAbout } from "./said.ts";
import { disputesOf, type DisputedRow } from "./settlements.ts";

type Desk = AnswerOf<typeof listDisputes>;

const openDisputes = ({ db }: View) =>
  db
    .selectFrom("marketplace.milestone as milestone")
    .innerJoin("marketplace.engagement as engagement", "engagement.id", "milestone.engagement")
    .leftJoin("membership.person_card as mediator_card", "mediator_card.id", "milestone.mediator")
    .selectAll("milestone")
    .select([
      "engagement.title as work",
      "engagement.client",
      "engagement.client_name",
      "engagement.member",
      "engagement.team",
      "engagement.currency",
    ])
    .select(["engagement.state as engagementState", "mediator_card.name as mediatorName"])
    .select(teamNames.as("memberName"))
    .where("milestone.state", "in", statesBefore(milestoneTable, "settle"));

type Row = Awaited<ReturnType<ReturnType<typeof openDisputes>["executeTakeFirstOrThrow"]>>;

/** Open disputes, oldest first. */
export async function disputes(view: View, { limit, after }: InputOf<typeof listDisputes>): Promise<Desk> {
  const rows = await openDisputes(view)
    .where((eb) => isBehind(eb, after, ">", "milestone.disputed_at", "milestone.id"))
    .orderBy("milestone.disputed_at")
    .orderBy("milestone.id")
    .limit(limit + 1)
    .execute();
  const shown = rows.slice(0, limit);
  const mediated = await saidIn(view, shown);
  const last = shown.at(-1);
  return {
    items: shown.map((row) => cardOf(view, row, mediated.get(row.id))),
    ...(rows.length > limit && last?.disputed_at ? { next: cursorOf(last.disputed_at, last.id) } : {}),
  };
}

const lawOf = (row: Row) => ({
  ...asTheLawSees(row, { client: row.client, member: row.member, team: row.team, state: row.engagementState as EngagementState }),
  ...(row.mediator === null ? {} : { mediator: row.mediator }),
});

const priceOf = (row: Row) => owedOf(row, row.currency);

type Said = Desk["items"][number]["said"];

/** What was said in those disputes that whoever asks may suggest in: the rest is not theirs to read. */
async function saidIn(view: View, rows: readonly Row[]): Promise<ReadonlyMap<Id, Said>> {
  const mine = rows.filter((row) => !objectionToSuggestion(lawOf(row), view.actor, priceOf(row), 100));
  const about = await saidAbout(
    view,
    mine.map(({ id }) => id),
  );
  const open = await disputesOf(
    view,
    mine.map((row): DisputedRow => ({ ...row, law: lawOf(row), price: priceOf(row) })),
  );
  return new Map(
    mine.flatMap(({ id }) => {
      const dispute = open.get(id);
      const { handIns, changes } = about(id);
      // Files are opened by the two sides alone: a name that leads nowhere would only mislead.
      const words = handIns.map(({ at, text, html }) => ({ at, text, html, files: [] }));
      return dispute ? [[id, { handIns: words, changes, dispute }]] : [];
    }),
  );
}

function cardOf({ actor }: View, row: Row, said: Said): Desk["items"][number] {
  const takes = objectionToMediation(lawOf(row), actor) === undefined;
  return {
    milestone: row.id,
    title: nameOf(row.work, row.title),
    client: row.client_name,
    member: row.memberName,
    amount: priceOf(row),
    at: row.disputed_at as Instant,
    ...(row.mediatorName === null ? {} : { mediator: row.mediatorName }),
    acts: [...(takes ? (["takeMediation"] as const) : []), ...(said ? (["suggest"] as const) : [])],
    ...(said ? { said } : {}),
  };
}
