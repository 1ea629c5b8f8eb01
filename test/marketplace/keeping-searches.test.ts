// A search is kept, meets each job that opens, and tells of it by one letter for a person and rhythm; one click ends it.
import { inspect } from "node:util";
import { test, type Test } from "tap";
import {
  changeSearch,
  endSearch,
  endSearchByLetter,
  listSearches,
  listSkills,
  postJob,
  saveSearch,
  withdrawJob,
} from "@partcommune/shared/marketplace/api";
import { tellAt } from "@partcommune/shared/marketplace/rules/rhythm";
import { mostSearches } from "@partcommune/shared/marketplace/rules/saved-search";
import type { AskedOf } from "@partcommune/shared/platform/endpoint";
import { instant } from "@partcommune/shared/platform/time";
import { openCoop, type Caller, type TestCoop } from "../support/coop.ts";
import { posterJob } from "../support/jobs.ts";
import { addressOf, clientOwner, founder, signedUp } from "../support/people.ts";

test("letters leave at once, each morning at seven, or on Monday morning, by the coop's clocks", (t) => {
  const rows = [
    ["atOnce", "2026-12-01T09:00:00.000Z", "2026-12-01T09:00:00.000Z"],
    ["daily", "2026-12-01T05:59:59.999Z", "2026-12-01T06:00:00.000Z"],
    ["daily", "2026-12-01T06:00:00.000Z", "2026-12-02T06:00:00.000Z"],
    ["daily", "2027-03-27T12:00:00.000Z", "2027-03-28T05:00:00.000Z"],
    ["weekly", "2026-12-01T09:00:00.000Z", "2026-12-07T06:00:00.000Z"],
    ["weekly", "2026-12-07T06:00:00.000Z", "2026-12-14T06:00:00.000Z"],
  ] as const;
  for (const [rhythm, now, at] of rows) t.equal(tellAt(rhythm, instant(now), "Europe/Brussels"), at, `${rhythm} ${now}`);
  t.end();
});

type Stage = {
  readonly coop: TestCoop;
  readonly anna: Caller;
  readonly buyer: Caller;
  readonly post: (job: Partial<AskedOf<typeof postJob>>) => Promise<string>;
};

async function stage(t: Test): Promise<Stage> {
  const coop = await openCoop(t);
  await founder(coop);
  const { caller: buyer, client } = await clientOwner(coop, "Carla");
  const anna = await signedUp(coop, "Anna");
  const post = async (job: Partial<AskedOf<typeof postJob>>): Promise<string> => {
    const { id } = (await buyer.call(postJob, { ...posterJob(client), ...job })).body;
    await coop.settle();
    return id;
  };
  return { coop, anna, buyer, post };
}

/** What the clock writes to Anna now. */
async function letters({ coop }: Stage): Promise<readonly string[]> {
  const before = coop.mails.length;
  await coop.keepTime();
  await coop.settle();
  return coop.mails.slice(before).flatMap(({ to, text }) => (to === addressOf("Anna") ? [text] : []));
}

const keep = (caller: Caller, query: string, rhythm: "atOnce" | "daily" | "weekly" = "atOnce", name = query || "all") =>
  caller.call(saveSearch, { name, query, rhythm });

test("a job that opens is found by every search that would list it, and by no other", async (t) => {
  const st = await stage(t);
  const { anna, post } = st;
  const poster = (await anna.call(listSkills, { text: "poster design" })).body.items[0]?.id ?? "";
  const rows: readonly (readonly [query: string, finds: boolean])[] = [
    ["", true],
    ["q=afficheontwerp", true],
    ["q=imprimes", true],
    ["q=imprimes+-fete", false],
    ["q=logo", false],
    ["q=%26+%7C", true],
    [`skills=${poster}`, true],
    ["skills=019b0000-0000-7000-8000-000000000000", false],
    ["trade=imprimerie&place=BE&language=fr&min=1000&max=2000&closing=7", true],
    ["trade=Imprimerie", false],
    ["place=remote", false],
    ["language=nl", false],
    ["min=2000.01", false],
    ["max=1999", false],
    ["closing=2", false],
  ];
  for (const [query] of rows) t.equal((await keep(anna, query)).status, 201, query);
  await post({ title: "Imprimés pour la fête", text: "Trois formats.", language: "fr", trade: "imprimerie", skills: [poster] });
  const { items } = (await anna.call(listSearches, {})).body;
  const found = new Map(items.map(({ name, found: count }) => [name, count]));
  for (const [query, finds] of rows) t.equal(found.get(query || "all"), finds ? 1 : 0, query);
  const written = await letters(st);
  t.equal(written.length, 1, "one letter, however many searches found it");
  t.equal(written[0]?.match(/Imprimés pour la fête\nhttp/g)?.length, 1, "the job is told once");
  t.same(await letters(st), [], "and not again");
});

test("each rhythm has its own letter, and what closed meanwhile is not told", async (t) => {
  const st = await stage(t);
  const { anna, buyer, coop, post } = st;
  await keep(anna, "", "daily");
  await keep(anna, "q=poster", "weekly");
  const first = await post({ title: "First poster" });
  await post({ title: "Second poster" });
  t.same(await letters(st), [], "nothing before the morning");
  await buyer.call(withdrawJob, { job: first });
  coop.wait(21 * 3_600_000); // 2 December, seven in Brussels
  const morning = await letters(st);
  t.equal(morning.length, 1);
  t.match(morning[0], /Second poster/);
  t.notMatch(morning[0], /First poster/);
  coop.wait(5 * 24 * 3_600_000); // Monday
  const monday = await letters(st);
  t.equal(monday.length, 1);
  t.match(monday[0], /Second poster/);
});

test("a search is paused, goes on, and is ended by its owner or by the link of a letter, once", async (t) => {
  const st = await stage(t);
  const { anna, coop, post } = st;
  const [one, two] = [(await keep(anna, "q=poster")).body.id, (await keep(anna, "q=fair")).body.id];
  await anna.call(changeSearch, { search: one, rhythm: "atOnce", state: "paused" });
  await anna.call(changeSearch, { search: two, rhythm: "atOnce", state: "paused" });
  await post({});
  t.same(await letters(st), [], "who is paused finds nothing");
  await anna.call(changeSearch, { search: one, rhythm: "atOnce", state: "on" });
  await post({});
  const [letter = ""] = await letters(st);
  const token = /searches\/end\?token=([\w-]+)/.exec(letter)?.[1] ?? "";
  t.equal(token.length, 43);
  const kept = await coop.db.selectFrom("marketplace.saved_search").selectAll().where("id", "=", one).executeTakeFirstOrThrow();
  t.notMatch(inspect(Object.values(kept).map(String)), token, "the token is nowhere in the database");
  const visitor = coop.someone();
  t.equal((await visitor.call(endSearchByLetter, { token: "somebody-guessed-this" })).status, 200, "a guess is told nothing");
  t.equal((await anna.call(listSearches, {})).body.items.length, 2);
  for (let turn = 0; turn < 2; turn += 1) t.equal((await visitor.call(endSearchByLetter, { token })).status, 200);
  t.same(
    (await anna.call(listSearches, {})).body.items.map(({ id }) => id),
    [two],
  );
  t.equal(
    (await anna.call(changeSearch, { search: one, rhythm: "daily", state: "on" })).problem,
    "not-found",
    "what is ended does not come back",
  );
  const stranger = await signedUp(coop, "Steve");
  t.equal((await stranger.call(endSearch, { search: two })).problem, "not-found");
  t.equal((await stranger.call(changeSearch, { search: two, rhythm: "daily", state: "on" })).problem, "not-found");
  t.equal((await anna.call(endSearch, { search: two })).status, 200);
  await post({});
  t.same(await letters(st), []);
});

test("a person keeps so many searches and no more, and odd addresses keep what can be meant", async (t) => {
  const { anna } = await stage(t);
  await keep(anna, "?q=%00&place=nowhere&min=x&order=newest&after=abc&trade=printing&x=1");
  t.equal((await anna.call(listSearches, {})).body.items[0]?.query, "trade=printing");
  const tries = await Promise.all(Array.from({ length: mostSearches + 3 }, (_, at) => keep(anna, "", "weekly", `number ${at}`)));
  t.equal(tries.filter(({ status }) => status === 201).length, mostSearches - 1);
  t.ok(tries.filter(({ status }) => status !== 201).every(({ problem }) => problem === "too-many-searches"));
});
