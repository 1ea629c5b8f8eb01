// A page of a search: the jobs in the order that was asked for, and with the first page how much there is of each kind.
import { sql } from "kysely";
import type { searchJobs } from "@partcommune/shared/marketplace/api";
import { idleDays, ranked, standsBefore, type Reader } from "@partcommune/shared/marketplace/rules/ranking";
import type { Filters, Order } from "@partcommune/shared/marketplace/rules/search";
import type { AnswerOf, InputOf } from "@partcommune/shared/platform/endpoint";
import type { Id } from "@partcommune/shared/platform/id";
import { dayMs, later, type Instant } from "@partcommune/shared/platform/time";
import { exchangeToday } from "../../money/index.ts";
import { cursorOf, placeAfter } from "../../platform/list.ts";
import { refuseUnless } from "../../platform/refused.ts";
import type { View } from "../../platform/scope.ts";
import { facetsOf } from "./facets.ts";
import { bestJobs, cardOf, jobsInOrder, spelledBetter, type Asked } from "./found-jobs.ts";
import { chiefsOf, memberSkills } from "./skills.ts";

type Question = InputOf<typeof searchJobs>;
type Told = AnswerOf<typeof searchJobs>;

export async function searchPage(view: View, input: InputOf<typeof searchJobs>): Promise<Told> {
  const { order, limit: _, after, labels, ...filters } = input;
  const asked = await askedBy(view, filters);
  if (!asked) return { items: [] };
  const page = order === "best" ? await bestPage(view, asked, asked.home, input) : await pageInOrder(view, asked, order, input);
  if (after !== undefined) return page;
  const facets = await facetsOf(view, asked, labels);
  const instead = facets.total === 0n ? await spelledBetter(view, asked) : undefined;
  return { ...page, facets, ...(instead === undefined ? {} : { instead }) };
}

/** What the filters ask at this instant, and the coop's own country; undefined before there is a coop. */
export async function askedBy(view: View, filters: Filters): Promise<(Asked & { readonly home: string }) | undefined> {
  const coop = await view.db.selectFrom("platform.coop").select("country").executeTakeFirst();
  if (!coop) return undefined;
  const skills = await skillsMeant(view, filters.skills);
  return { ...filters, ...skills, ...(await exchangeToday(view)), by: view.actor, at: view.now, home: coop.country };
}

/** The skills of a search as jobs are kept by them; an older address may name one that is the same. */
async function skillsMeant(view: View, skills: string | undefined): Promise<{ readonly skills?: string }> {
  return skills === undefined ? {} : { skills: (await chiefsOf(view, skills.split(","))).join(",") };
}

/** Where the last page ended. The cursor of another order is none of this one. */
function endOf(order: Order, after: string | undefined): { readonly at: Instant; readonly id: Id; readonly score: bigint } | undefined {
  const [of, at, id, score] = placeAfter(after, 4);
  refuseUnless(of === undefined || of === order, "not-as-asked");
  return at === undefined || id === undefined ? undefined : { at: at as Instant, id, score: BigInt(score ?? 0) };
}

async function pageInOrder(view: View, asked: Asked, order: "newest" | "closing", { limit, after }: Question): Promise<Told> {
  const { items, last } = await jobsInOrder(view, asked, order, { limit, after: endOf(order, after) });
  return { items, ...(last ? { next: cursorOf(order, last.at, last.id, "0") } : {}) };
}

/** The order of the rule, at the instant of the first page, so that no job is told twice or left out. */
async function bestPage(view: View, now: Asked, home: string, { limit, after }: InputOf<typeof searchJobs>): Promise<Told> {
  const last = endOf("best", after);
  const asked: Asked = { ...now, at: last?.at ?? now.at };
  const reader = await readerOf(view, asked, home);
  const { value: weights } = await view.bylaw("marketplace.rankingWeights", asked.at);
  const candidates = await bestJobs(view, asked, [...reader.has, ...reader.hasBroader]);
  const order = ranked(candidates, reader, weights, asked.at);
  const rest = last ? order.filter((job) => standsBefore(last, { score: job.why.score, id: job.id })) : order;
  const shown = rest.slice(0, limit);
  const end = shown.at(-1);
  const next = rest.length > limit && end ? { next: cursorOf("best", asked.at, end.id, end.why.score.toString()) } : {};
  return { items: shown.map((job) => ({ ...cardOf(job), why: job.why })), weights, ...next };
}

/** Who looks, as the order knows them: skills they say they have or ask for, where they look, whether they had work lately. */
async function readerOf(view: View, { skills, place, at }: Asked, home: string): Promise<Reader> {
  const has = new Set([...(await memberSkills(view)), ...(skills?.split(",") ?? [])]);
  const country = place === undefined || place === "remote" ? home : place;
  return { has, hasBroader: await narrowerThan(view, has), country, idle: await isIdle(view, at) };
}

async function narrowerThan({ db }: View, skills: ReadonlySet<Id>): Promise<ReadonlySet<Id>> {
  if (skills.size === 0) return new Set();
  const asked = sql`${[...skills]}::uuid[]`;
  const { rows } = await sql<{ skill: Id }>`
    select distinct coalesce(same_as, id) as skill from marketplace.skill_link join marketplace.skill on id = skill_link.skill
    where skill_link.kind = 'broader' and other in (select id from marketplace.skill where id = any(${asked}) or same_as = any(${asked}))`.execute(
    db,
  );
  return new Set(rows.flatMap(({ skill }) => (skills.has(skill) ? [] : [skill])));
}

/** A member who signed nothing for so long; who is no member waits for no first chance. */
async function isIdle({ db, actor }: View, at: Instant): Promise<boolean> {
  if (actor.kind !== "person" || actor.member === undefined) return false;
  const row = await db
    .selectFrom("marketplace.engagement")
    .select(sql`1`.as("one"))
    .where("member", "=", actor.member)
    .where("signed_at", ">", later(at, -idleDays * dayMs))
    .limit(1)
    .executeTakeFirst();
  return row === undefined;
}
