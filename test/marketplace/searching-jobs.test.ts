// Jobs are found by words of any of the six languages, narrowed by what they have in common, counted, and ordered with the reasons shown.
import { test, type Test } from "tap";
import { listSkills, placeBid, postJob, searchJobs, setMySkills } from "@partcommune/shared/marketplace/api";
import { listBylawVersions } from "@partcommune/shared/governance/api";
import { scoreOf } from "@partcommune/shared/marketplace/rules/ranking";
import type { AskedOf } from "@partcommune/shared/platform/endpoint";
import { openCoop, type Caller, type TestCoop } from "../support/coop.ts";
import { nobodysId } from "../support/example.ts";
import { posterJob } from "../support/jobs.ts";
import { clientOwner, confirmedMember, founder, trialMember } from "../support/people.ts";

type Posting = Partial<AskedOf<typeof postJob>>;
type Stage = {
  readonly coop: TestCoop;
  readonly board: Caller;
  readonly visitor: Caller;
  readonly client: Caller;
  readonly post: (job: Posting) => Promise<string>;
};

async function stage(t: Test): Promise<Stage> {
  const coop = await openCoop(t);
  const board = await founder(coop);
  const { caller, client } = await clientOwner(coop, "Carla");
  const post = async (job: Posting): Promise<string> => {
    const { body, status, text } = await caller.call(postJob, { ...posterJob(client), ...job });
    if (status !== 201) throw new Error(text);
    coop.wait(1);
    return body.id;
  };
  return { coop, board, visitor: coop.someone(), client: caller, post };
}

const skillCalled = async (caller: Caller, text: string): Promise<string> =>
  (await caller.call(listSkills, { text })).body.items[0]?.id ?? "";

type Question = AskedOf<typeof searchJobs>;

const titles = async (caller: Caller, question: Question): Promise<readonly string[]> =>
  (await caller.call(searchJobs, { order: "newest", ...question })).body.items.map(({ title }) => title);

test("words find jobs in six languages, without accents, and by a skill's name in a language the job does not speak", async (t) => {
  const { visitor, post } = await stage(t);
  const affiches = [await skillCalled(visitor, "poster design")];
  await post({ title: "Audit de sécurité des bâtiments", text: "Trois écoles.", language: "fr", trade: "prévention" });
  await post({ title: "Imprimés pour la fête", text: "Trois formats.", language: "fr", trade: "imprimerie", skills: affiches });
  await post({ title: "Vertalingen nalezen", text: "Twintig bladzijden.", language: "nl", trade: "vertaling" });
  await post({ title: "Häuser streichen", text: "Zwei Fassaden.", language: "de", trade: "Maler" });
  await post({ title: "Traducciones técnicas", text: "Manuales.", language: "es", trade: "traducción" });
  await post({ title: "Riparazioni di biciclette", text: "Officina mobile.", language: "it", trade: "ciclista/meccanico" });
  await post({ title: "Painting two walls", text: "The houses stand in Ghent.", language: "en", trade: "painter" });
  const rows: readonly (readonly [words: string, found: readonly string[]])[] = [
    ["securite", ["Audit de sécurité des bâtiments"]],
    ["SÉCURITÉ", ["Audit de sécurité des bâtiments"]],
    ["afficheontwerp", ["Imprimés pour la fête"]],
    ["affiche", ["Imprimés pour la fête"]],
    ["manifesto", ["Imprimés pour la fête"]],
    ["vertaling", ["Vertalingen nalezen"]],
    ["haus", ["Häuser streichen"]],
    ["house", ["Painting two walls"]],
    ["traduccion", ["Traducciones técnicas"]],
    ["meccanico", ["Riparazioni di biciclette"]],
    ["haus or securite", ["Häuser streichen", "Audit de sécurité des bâtiments"]],
    ['"zwei fassaden"', ["Häuser streichen"]],
    ['"fassaden zwei"', []],
    ["fassaden -haus", []],
    ["fassaden -fahrrad", ["Häuser streichen"]],
    ["-haus -house -vertaling -traduccion -bicicletta -securite", ["Imprimés pour la fête"]],
    ["la", []],
    ["& | ! ( ) :*", []],
  ];
  for (const [words, found] of rows) {
    const asked = await titles(visitor, { q: words });
    // Words that no language keeps ask for nothing in particular.
    if (words === "la" || words.startsWith("&")) t.ok(asked.length === 0 || asked.length === 7, words);
    else t.same([...asked].toSorted(), [...found].toSorted(), words);
  }
});

test("filters narrow, and each count leaves its own filter out and keeps all others", async (t) => {
  const { visitor, post } = await stage(t);
  const [poster, logo] = [await skillCalled(visitor, "poster design"), await skillCalled(visitor, "logo design")];
  const eur = (amount: string) => ({ price: { amount, currency: "EUR" } });
  await post({ title: "One", trade: "graphics", skills: [poster], ...eur("400.00") });
  await post({ title: "Two", trade: "graphics", skills: [poster, logo], ...eur("1000.00"), place: { town: "Lille", country: "FR" } });
  await post({ title: "Three", trade: "graphics", language: "fr", ...eur("2000.00"), place: undefined });
  await post({ title: "Four", trade: "painting", language: "fr", price: undefined, bidsUntil: "2026-12-02" });
  const rows: readonly (readonly [question: Question, found: readonly string[]])[] = [
    [{}, ["Four", "Three", "Two", "One"]],
    [{ trade: "graphics" }, ["Three", "Two", "One"]],
    [{ place: "remote" }, ["Three"]],
    [{ place: "FR" }, ["Two"]],
    [{ language: "fr" }, ["Four", "Three"]],
    [{ priced: "open" }, ["Four"]],
    [{ priced: "fixed", language: "fr" }, ["Three"]],
    [{ min: "1000", max: "2000" }, ["Three", "Two"]],
    [{ max: "999.99" }, ["One"]],
    [{ min: "0" }, ["Three", "Two", "One"]],
    [{ closing: "2" }, ["Four"]],
    [{ skills: poster }, ["Two", "One"]],
    [{ skills: `${logo},${poster}` }, ["Two"]],
    [{ skills: nobodysId() }, []],
    [{ trade: "graphics", language: "fr" }, ["Three"]],
  ];
  for (const [question, found] of rows) {
    t.same(await titles(visitor, question), found, JSON.stringify(question));
    const { facets } = (await visitor.call(searchJobs, question)).body;
    t.equal(facets?.total, found.length, "the total is how many are listed");
  }
  const { facets } = (await visitor.call(searchJobs, { trade: "graphics", language: "fr", labels: "nl" })).body;
  t.same(facets, {
    total: 1,
    skills: [],
    trades: [
      { trade: "graphics", count: 1 },
      { trade: "painting", count: 1 },
    ],
    places: [{ place: "remote", count: 1 }],
    languages: [
      { language: "en", count: 2 },
      { language: "fr", count: 1 },
    ],
    priceKinds: [{ kind: "fixed", count: 1 }],
    prices: [{ min: "1000", max: "2500", count: 1 }],
    closing: [
      { days: "7", count: 1 },
      { days: "30", count: 1 },
    ],
    coops: [{ coop: "ours", name: "Atelier Commun", count: 1 }],
    without: [
      { filter: "trade", count: 2 },
      { filter: "language", count: 3 },
    ],
  });
  const named = (await visitor.call(searchJobs, { labels: "nl" })).body.facets?.skills;
  t.same(named, [
    { id: poster, label: "afficheontwerp", kind: "skill", count: 2 },
    { id: logo, label: "logo-ontwerp", kind: "skill", count: 1 },
  ]);
  // A price on a step is in both bands, exactly as each band's own question finds it.
  for (const { min, max, count } of (await visitor.call(searchJobs, {})).body.facets?.prices ?? [])
    t.equal((await titles(visitor, { ...(min ? { min } : {}), ...(max ? { max } : {}) })).length, count, `${min}-${max}`);
});

test("the best come first, and every job says why", async (t) => {
  const { coop, board, visitor, post } = await stage(t);
  const [poster, logo] = [await skillCalled(visitor, "poster design"), await skillCalled(visitor, "logo design")];
  const plain = await post({ title: "Letters", trade: "printing" });
  const mine = await post({ title: "A poster", trade: "graphics", skills: [poster, logo] });
  const away = await post({ title: "Two posters", trade: "graphics", skills: [poster], place: { town: "Lille", country: "FR" } });
  const { caller: member } = await confirmedMember(coop, board, "Anna");
  await member.call(setMySkills, { skills: [poster] });
  const { items, weights } = (await member.call(searchJobs, {})).body;
  t.same(
    items.map(({ id }) => id),
    [mine, away, plain],
  );
  t.equal(items[0]?.id, mine, "half of its skills and in the country beats all of them and abroad");
  t.match(items.find(({ id }) => id === mine)?.why?.factors, {
    text: 0,
    skills: 500_000,
    place: 1_000_000,
    fewBids: 1_000_000,
    firstChance: 1_000_000,
  });
  t.match(items.find(({ id }) => id === away)?.why?.factors, { skills: 1_000_000, place: 0 });
  for (const { why } of items) {
    const wide = (values: Readonly<Record<string, number>>) =>
      Object.fromEntries(Object.entries(values).map(([name, value]) => [name, BigInt(value)]));
    t.equal(
      scoreOf(wide(why?.factors ?? {}) as never, wide(weights ?? {}) as never),
      BigInt(why?.score ?? -1),
      "the score is the sum of what is shown",
    );
  }
  await member.call(placeBid, { job: mine, amount: { amount: "2000.00", currency: "EUR" }, pitch: "Ten years of posters." });
  t.match((await visitor.call(searchJobs, { q: "poster" })).body.items.find(({ id }) => id === mine)?.why?.factors, {
    text: 1_000_000,
    fewBids: 900_000,
    firstChance: 0,
  });
  t.same(
    (await visitor.call(searchJobs, { skills: poster, place: "FR" })).body.items.map(({ why }) => why?.factors.place),
    [1_000_000],
    "where one looks is where one is",
  );
});

test("the weights have a history that anyone reads", async (t) => {
  const { visitor } = await stage(t);
  t.match((await visitor.call(listBylawVersions, { key: "marketplace.rankingWeights" })).body, {
    items: [{ version: 1, cause: "founding", value: { text: 300_000, firstChance: 50_000 }, validFrom: "2026-12-01T09:00:00.000Z" }],
  });
});

test("a word that nobody uses is answered with the likest that somebody does", async (t) => {
  const { coop, visitor, post } = await stage(t);
  await post({ title: "Mise en page d’une brochure", language: "fr", trade: "graphisme" });
  await coop.keepTime();
  const instead = async (q: string) => (await visitor.call(searchJobs, { q })).body.instead;
  t.equal(await instead("brochrue"), "brochure");
  t.equal(await instead("graphismme brochure"), "graphisme brochure");
  t.equal(
    (await visitor.call(searchJobs, { q: "brochrue", place: "remote" })).body.instead,
    undefined,
    "nothing is proposed that finds nothing",
  );
  t.equal(await instead("brochure"), undefined, "what is found needs no help");
  t.equal(await instead("zzzzqqqq"), undefined);
  t.equal(await instead("'; drop table marketplace.word; --"), undefined);
});

test("what is no question is refused, and long or odd words cost nothing", async (t) => {
  const { visitor } = await stage(t);
  const refused: readonly Readonly<Record<string, string>>[] = [
    { order: "title; drop table marketplace.job" },
    { order: "price" },
    { place: "be" },
    { place: "BE'--" },
    { language: "sv" },
    { min: "1e3" },
    { max: "-1" },
    { closing: "8" },
    { skills: "1" },
    { skills: Array.from({ length: 11 }, nobodysId).join(",") },
    { q: "x".repeat(201) },
    { q: "x".repeat(100_000) },
    { trade: "x".repeat(81) },
    { q: "a\u202eb" },
    { labels: "xx" },
  ];
  for (const question of refused)
    t.equal((await visitor.call(searchJobs, question as Question)).status, 422, JSON.stringify(question).slice(0, 60));
  for (const q of [
    "'",
    "\\",
    "%",
    "a:*",
    "((((",
    '"',
    "-",
    "--",
    '-"',
    "or or",
    "((a | b) & !c)",
    "<->",
    "a".repeat(200),
    "é".repeat(200),
    "a -".repeat(60),
  ])
    t.equal((await visitor.call(searchJobs, { q })).status, 200, q.slice(0, 20));
});

test("the newest jobs are followed in three forms, whatever stands in them, and asked again only when they have changed", async (t) => {
  const { coop, board, visitor, client, post } = await stage(t);
  await post({ title: "A & B <b>]]>]]></title>", text: "**Three** sizes. <script>alert(1)</script> ]]>", trade: "graphic design" });
  const newest = await post({ title: "Häuser streichen", text: "Zwei Fassaden.\ufffe", language: "de", trade: "Maler" });
  const feed = (form: string, query = "") => visitor.raw({ method: "GET", url: `/api/v1/jobs.${form}?in=fr${query}` });
  const json = JSON.parse((await feed("json")).body) as { title: string; items: { id: string; title: string; content_html: string }[] };
  t.equal(json.title, "Missions chez Atelier Commun");
  t.same(
    json.items.map(({ title }) => title),
    ["Häuser streichen", "A & B <b>]]>]]></title>"],
    "the newest first",
  );
  t.equal(json.items[0]?.id, `${coop.origin}/fr/jobs/${newest}`);
  t.match(json.items[1]?.content_html, /<strong>Three<\/strong> sizes\. &lt;script/);
  for (const [form, type] of [
    ["rss", "application/rss+xml"],
    ["atom", "application/atom+xml"],
  ] as const) {
    const answer = await feed(form);
    t.equal(answer.headers["content-type"], type);
    const [open, closed] = [answer.body.match(/<!\[CDATA\[/g), answer.body.match(/\]\]>/g)];
    t.equal(open?.length, closed?.length, `${form}: no text ends its own frame`);
    t.match(answer.body, /A &amp; B &lt;b&gt;\]\]&gt;\]\]&gt;&lt;\/title&gt;/);
    t.notMatch(answer.body, /<script|\ufffe/);
  }
  t.same((JSON.parse((await feed("json", "&language=de")).body) as typeof json).items.length, 1, "narrowed like the list");
  t.equal((await feed("json", "&colour=red")).statusCode, 400);
  await post({ title: "For members alone", text: "A first look.", trade: "painter", visibility: "members" });
  await post({ title: "For who is invited", text: "A second look.", trade: "painter", visibility: "invited" });
  const member = await trialMember(coop, board, "Marc");
  t.ok((await titles(member, {})).includes("For members alone"));
  for (const form of ["json", "rss", "atom"])
    for (const [who, caller] of [
      ["visitor", visitor],
      ["member", member],
      ["client", client],
    ] as const) {
      const { body, statusCode } = await caller.raw({ method: "GET", url: `/api/v1/jobs.${form}` });
      t.equal(statusCode, 200);
      t.match(body, /Häuser streichen/);
      t.notMatch(body, /For members alone|For who is invited/, `${form} is the same for everybody: ${who}`);
    }
  const { etag } = (await feed("atom")).headers;
  const again = async () =>
    (await visitor.raw({ method: "GET", url: "/api/v1/jobs.atom?in=fr", headers: { "if-none-match": String(etag) } })).statusCode;
  t.equal(await again(), 304);
  await post({ title: "Painting two walls", text: "In Ghent.", trade: "painter" });
  t.equal(await again(), 200);
});
