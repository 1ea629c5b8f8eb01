// What people read of votes, in SQL.
import type { z } from "zod";
import type {
  ChoiceJson,
  listCalls,
  listOwnVotes,
  listVoters,
  listVotes,
  readTally,
  readVote,
  VoteCard,
} from "@partcommune/shared/governance/api";
import { peopleNeeded } from "@partcommune/shared/governance/rules/majority";
import type { Notice } from "@partcommune/shared/governance/rules/notice";
import { collegesAsked } from "@partcommune/shared/governance/rules/objection";
import { isAboutPeople } from "@partcommune/shared/governance/rules/secrecy";
import { associateBy } from "@partcommune/shared/governance/rules/roll";
import type { Outcome, VoteState } from "@partcommune/shared/governance/rules/vote";
import { dayOf, monthOf } from "@partcommune/shared/platform/calendar";
import type { AnswerOf, InputOf } from "@partcommune/shared/platform/endpoint";
import type { Id } from "@partcommune/shared/platform/id";
import type { Instant } from "@partcommune/shared/platform/time";
import { cursorOf, isBehind, placeAfter } from "../../platform/list.ts";
import { found } from "../../platform/refused.ts";
import type { View } from "../../platform/scope.ts";
import { bookOf } from "../../platform/store.ts";
import { receiptOf } from "./receipt.ts";
import { callOf, callsAfter, holdingsOf, proxyOf } from "./ballots.ts";
import { contestsOf, tallyOf } from "./enactments.ts";
import { entryToCome, rollTold } from "./announced.ts";
import { changeOf, objectionsOf } from "./objections.ts";
import { panelsFor } from "./panel-page.ts";
import { enteredOf } from "./papers.ts";
import { entryOf, firstAssembly } from "./roll.ts";
import { voteOf } from "./votes.ts";

type Card = z.output<typeof VoteCard>;
type Said = z.output<typeof ChoiceJson>;

type Row = {
  readonly id: Id;
  readonly notice: string;
  readonly state: string;
  readonly outcome: string | null;
  readonly opens_at: Instant;
  readonly closes_at: Instant;
  readonly extended_until: Instant | null;
  readonly opened_at: Instant | null;
};
const columns = ["id", "notice", "state", "outcome", "opens_at", "closes_at", "extended_until", "opened_at"] as const;

function cardOf(row: Row): Card {
  const { class: class_, method, mode, titles, gathering } = JSON.parse(row.notice) as Notice;
  const proposals = Object.entries(titles).map(([id, title]) => ({ id, title }));
  return {
    id: row.id,
    title: proposals[0]?.title ?? "",
    class: class_,
    method,
    mode,
    state: row.state as VoteState,
    ...(row.outcome === null ? {} : { outcome: row.outcome as Outcome }),
    ...(gathering === undefined ? {} : { gathering }),
    opensAt: row.opens_at,
    closesAt: row.extended_until ?? row.closes_at,
    proposals,
  };
}

/** Every vote, the newest first. */
export async function votes({ db }: View, { state, limit, after }: InputOf<typeof listVotes>): Promise<AnswerOf<typeof listVotes>> {
  const rows = await db
    .selectFrom("governance.vote")
    .select(columns)
    .$if(state !== undefined, (query) => query.where("state", "=", state ?? ""))
    .where((eb) => isBehind(eb, after, "<", "opens_at", "id"))
    .orderBy("opens_at", "desc")
    .orderBy("id", "desc")
    .limit(limit + 1)
    .execute();
  const shown = rows.slice(0, limit);
  const last = shown.at(-1);
  return { items: shown.map(cardOf), ...(rows.length > limit && last ? { next: cursorOf(last.opens_at, last.id) } : {}) };
}

/** The votes a person is on the roll of, the newest first, with what they cast. */
export async function ownVotes(view: View): Promise<AnswerOf<typeof listOwnVotes>> {
  const { db, actor, bylaw, now } = view;
  const person = actor.kind === "person" ? actor.person : null;
  const rows = await db
    .selectFrom("governance.roll_entry as entry")
    .innerJoin("governance.vote as vote", "vote.id", "entry.vote")
    .leftJoin("governance.roll_call as call", (join) => join.onRef("call.vote", "=", "entry.vote").onRef("call.entry", "=", "entry.entry"))
    .select([
      "vote.id",
      "notice",
      "state",
      "outcome",
      "opens_at",
      "closes_at",
      "extended_until",
      "opened_at",
      "entry.entry",
      "choice",
      "seq",
      "by",
    ])
    .where("entry.person", "=", person)
    .orderBy("opens_at", "desc")
    .limit(200)
    .execute();
  const { zone } = await bookOf(db);
  const month = (at: Instant): string => monthOf(dayOf(at, zone));
  return {
    items: rows.map((row) => ({
      ...cardOf(row),
      cast: row.seq !== null,
      ...(row.seq === null || row.by === null
        ? {}
        : { receipt: receiptOf(row.id, { entry: row.entry, choice: row.choice as Said, seq: row.seq }) }),
    })),
    askedThisMonth: rows.filter(({ state, opens_at }) => state !== "annulled" && month(opens_at) === month(now)).length,
    mostAMonth: (await bylaw("vote.monthlyLimit", now)).value,
  };
}

/** A vote with its notice, and for whoever is signed in where they stand in it. */
export async function votePage(view: View, { vote: id }: InputOf<typeof readVote>): Promise<AnswerOf<typeof readVote>> {
  const { db, actor } = view;
  const row = found(
    await db
      .selectFrom("governance.vote")
      .select([...columns, "notice_hash", "roll_size", "contest_until"])
      .where("id", "=", id)
      .executeTakeFirst(),
  );
  return {
    ...cardOf(row),
    notice: row.notice,
    noticeHash: row.notice_hash,
    ...(row.roll_size === null ? {} : { rollSize: row.roll_size }),
    ...(row.contest_until === null ? {} : { contestUntil: row.contest_until }),
    ...(row.contest_until === null ? {} : await contestedOf(view, id, row.roll_size ?? 0)),
    panels: await panelsFor(view, { vote: id }),
    roll: await rollTold(view, id),
    ...(actor.kind === "person" ? { mine: await mineOf(view, row, actor.person) } : {}),
  };
}

/** What is said against it, where anybody does. */
async function contestedOf(view: View, vote: Id, roll: number): Promise<Pick<AnswerOf<typeof readVote>, "contests">> {
  const said = await contestsOf(view, vote);
  if (said.length === 0) return {};
  return { contests: { needed: peopleNeeded((await view.bylaw("vote.contestSupport", view.now)).value, roll), said: [...said] } };
}

type Mine = NonNullable<AnswerOf<typeof readVote>["mine"]>;

async function mineOf(view: View, row: Row, person: Id): Promise<Mine> {
  const { id: vote } = row;
  const objections = await objectionsOf(view, vote, person);
  if (row.state === "convened") return { ...(await mineByRegister(view, row, person)), objections, holds: [] };
  const changed = await changeOf(view, vote, person);
  const known = { objections, ...(changed === undefined ? {} : { changed: changed as NonNullable<Mine["changed"]> }) };
  const entry = await entryOf(view, vote, person);
  if (!entry) return { onRoll: false, because: "not-on-roll", ...(await absentFrom(view, row, person)), holds: [], ...known };
  const cast = await callOf(view, vote, entry.entry);
  const to = await proxyOf(view, vote, person);
  return {
    onRoll: true,
    college: entry.college,
    holds: [...(await holdingsOf(view, vote, person))],
    ...known,
    ...(cast ? { cast: { choice: cast.choice as Said, seq: cast.seq, receipt: receiptOf(vote, { entry: entry.entry, ...cast }) } } : {}),
    ...(to === undefined ? {} : { proxyTo: to }),
  };
}

/** The entry somebody is to have, or why none, by what the register says today of the moment it opens or opened. */
async function mineByRegister(view: View, row: Row, person: Id): Promise<Pick<Mine, "onRoll" | "college" | "absent">> {
  const at = row.opened_at ?? row.opens_at;
  const seniority = (await view.bylaw("roll.seniorityDays", at)).value;
  const asked = {
    vote: row.id,
    colleges: collegesAsked(JSON.parse(row.notice) as Notice),
    associateBy: associateBy(await firstAssembly(view), seniority, at),
  };
  const entry = await entryToCome(view, asked, person);
  return { onRoll: "college" in entry, ...entry };
}

/** Why somebody did not come onto a roll; nothing where the register no longer says it. */
async function absentFrom(view: View, row: Row, person: Id): Promise<Pick<Mine, "absent">> {
  const { absent } = await mineByRegister(view, row, person);
  return absent ? { absent } : {};
}

/** The tally, once the vote is counted; before that there is none. */
export async function tallyPage(view: View, { vote: id }: InputOf<typeof readTally>): Promise<AnswerOf<typeof readTally>> {
  const vote = found(await voteOf(view, id));
  const { tally, hash } = found(await tallyOf(view, id));
  const entries = await enteredOf(view, id);
  const names = await view.people([...new Set(entries.map(({ teller }) => teller))]);
  return {
    tally,
    hash,
    seed: vote.seed.toString("hex"),
    counts: entries.map(({ teller, round, papers }) => ({ by: names.get(teller)?.name ?? "", round, ...papers })),
  };
}

/** The roll-call, once the vote is counted; before that there is none. */
export async function calls(view: View, { vote: id, limit, after }: InputOf<typeof listCalls>): Promise<AnswerOf<typeof listCalls>> {
  const vote = found(await voteOf(view, id));
  found(await tallyOf(view, id));
  const [last] = after === undefined ? [undefined] : placeAfter(after, 1);
  const rows = await callsAfter(view, id, last, limit + 1);
  const shown = rows.slice(0, limit);
  const named = !isAboutPeople(vote.notice.kind) || (await isOnRoll(view, id));
  const names = named ? await view.people([...new Set(shown.map(({ by }) => by))]) : undefined;
  const lastShown = shown.at(-1);
  return {
    named,
    items: shown.map(({ by, choice, ...call }) => ({
      ...call,
      choice: choice as Said,
      ...(names ? { by: names.get(by)?.name ?? "" } : {}),
    })),
    ...(rows.length > limit && lastShown ? { next: cursorOf(lastShown.entry) } : {}),
  };
}

const isOnRoll = async (view: View, vote: Id): Promise<boolean> =>
  view.actor.kind === "person" && (await entryOf(view, vote, view.actor.person)) !== undefined;

/** Who else stands on a roll, by name, for whoever stands on it; for others there is none. */
export async function voters(view: View, { vote, limit, after }: InputOf<typeof listVoters>): Promise<AnswerOf<typeof listVoters>> {
  const person = view.actor.kind === "person" ? view.actor.person : "";
  found(await entryOf(view, vote, person));
  const rows = await view.db
    .selectFrom("governance.roll_entry as entry")
    .innerJoin("membership.person_card as card", "card.id", "entry.person")
    .select(["entry.person", "name"])
    .where("entry.vote", "=", vote)
    .where("entry.person", "!=", person)
    .where((eb) => isBehind(eb, after, ">", "name", "entry.person"))
    .orderBy("name")
    .orderBy("entry.person")
    .limit(limit + 1)
    .execute();
  const items = rows.slice(0, limit).map((row) => ({ person: row.person ?? "", name: row.name ?? "" }));
  const last = items.at(-1);
  return { items, ...(rows.length > limit && last ? { next: cursorOf(last.name, last.person) } : {}) };
}
