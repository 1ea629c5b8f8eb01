// An operator reads ESCO's files in: the joined tables and the official download alike, twice without a change, all of it or nothing.
import { join } from "node:path";
import { test } from "tap";
import { z } from "zod";
import { importEsco, proposedTwins, readEsco, type Imported } from "@partcommune/server/marketplace/index";
import type { Action } from "@partcommune/server/platform/scope";
import { linkList, listOf } from "@partcommune/server/cli/link-skills";
import { listSkills, postJob, readJob, saveSearch, searchJobs } from "@partcommune/shared/marketplace/api";
import type { AskedOf } from "@partcommune/shared/platform/endpoint";
import { operator } from "@partcommune/shared/platform/actor";
import { folderWith } from "../support/folder.ts";
import { coopBeside } from "../support/cli.ts";
import { posterJob } from "../support/jobs.ts";
import { clientOwner, founder } from "../support/people.ts";
import { openCoop, type TestCoop } from "../support/coop.ts";

const [weaver, dyer, weave] = [
  "a0000000-0000-4000-8000-000000000001",
  "a0000000-0000-4000-8000-000000000002",
  "b0000000-0000-4000-8000-000000000001",
];
const base = "http://data.europa.eu/esco";

const joined = {
  "occupations.en-fr.csv": `uri,isco,en,en_alt,fr,fr_alt
${weaver},7318,zither weaver,loom zither worker|zither loom hand,tisserand de cithares/tisserande de cithares,
${dyer},7318,zither dyer,,teinturier de cithares,`,
};
const official = {
  "occupations_en.csv": `\ufeffconceptType,conceptUri,iscoGroup,preferredLabel,altLabels
Occupation,${base}/occupation/${weaver},7318,zither weaver,"loom zither worker
zither loom hand"`,
  "skills_de.csv": `conceptType,conceptUri,skillType,preferredLabel,altLabels
KnowledgeSkillCompetence,${base}/skill/${weave},skill/competence,"Handweberei, fein",`,
  "occupationSkillRelations_en.csv": `occupationUri,relationType,skillType,skillUri
${base}/occupation/${weaver},essential,skill/competence,${base}/skill/${weave}
${base}/occupation/${weaver},essential,skill/competence,${base}/skill/nobody-knows-it`,
  "conceptSchemes_en.csv": "conceptType,conceptSchemeUri\nConceptScheme,x",
};

type Files = Readonly<Record<string, string>>;

const typed = (coop: TestCoop, files: Files, ...flags: readonly string[]) =>
  coopBeside(coop, "import", "esco", folderWith(files), ...flags);

const verb = { name: "import esco", input: z.strictObject({}), answer: z.custom<Imported>(), status: 200 };
let imports = 0;

/** The same act as the terminal's, without the time a process takes to start. */
async function imported(coop: TestCoop, files: Files): Promise<Imported> {
  const { faults, ...read } = await readEsco(folderWith(files), () => undefined);
  if (faults.length > 0) throw new Error(faults.join("\n"));
  const act: Action<Record<string, never>, Imported> = (scope) => importEsco(read, false, () => undefined)(scope, { source: "esco" });
  const done = await coop.perform(operator, verb, act, {}, { key: `import-${(imports += 1)}`, cause: "test" });
  return JSON.parse(done.answer) as Imported;
}

const found = async (coop: TestCoop, text: string, labels: "en" | "fr" | "de" = "en"): Promise<readonly string[]> =>
  (await coop.someone().call(listSkills, { text, labels })).body.items.map(({ label }) => label);

test("a joined table becomes one concept an identifier; again it changes nothing", async (t) => {
  const coop = await openCoop(t);
  const dry = await typed(coop, joined, "--dry-run");
  t.match(dry, { code: 0, out: /^2 concepts with 6 names: 2 new, 0 changed, 0 gone, 0 new relations \(dry run/ }, dry.error);
  t.same(await found(coop, "zither"), [], "a dry run writes nothing");
  const first = await typed(coop, joined);
  t.match(first, { code: 0, out: /^2 concepts with 6 names: 2 new, 0 changed, 0 gone, 0 new relations$/m }, first.error);
  t.same(await found(coop, "zither"), ["zither dyer", "zither weaver"]);
  t.same(
    await found(coop, "loom zither", "fr"),
    ["tisserand de cithares/tisserande de cithares"],
    "by any name, told in the reader's language",
  );
  t.match(await imported(coop, joined), { added: 0, changed: 0, gone: 0, links: 0 });
  const facts = await coop.db.selectFrom("platform.fact").select("body").where("type", "=", "skills.imported").execute();
  t.same(
    facts.map(({ body }) => body),
    [{ source: "esco", added: 2, changed: 0, gone: 0 }],
    "one act, once",
  );
});

test("the official files bring further languages and relations, and a concept that is gone is offered no more", async (t) => {
  const coop = await openCoop(t);
  await imported(coop, joined);
  t.match(await imported(coop, official), { labels: 4, added: 1, changed: 0, gone: 1, links: 1 });
  t.same(await found(coop, "zither"), ["zither weaver"], "the dyer is gone");
  t.same(await found(coop, "handweb"), ["Handweberei, fein"], "what has no English name keeps the one it has");
  const links = await coop.db.selectFrom("marketplace.skill_link").where("kind", "=", "related").select("skill").execute();
  t.equal(links.length, 1, "a relation to what nobody knows leads nowhere");
  const renamed = { "occupations.en-fr.csv": joined["occupations.en-fr.csv"].replace("zither dyer", "zither stainer") };
  t.match(await imported(coop, renamed), { added: 0, changed: 1, gone: 0 });
  t.same(await found(coop, "zither"), ["zither weaver", "zither stainer"], "a concept that comes back is offered again, by its new name");
  t.same(await found(coop, "graphic design"), ["graphic design"], "the coop's own list is left alone");
});

test("skills that share a name are linked when a person says so, and then each is found by the other", async (t) => {
  const coop = await openCoop(t);
  await founder(coop);
  const { caller, client } = await clientOwner(coop, "Nele Nijs");
  const poster = "b0000000-0000-4000-8000-000000000002";
  await imported(coop, {
    "skills_nl.csv": `conceptType,conceptUri,skillType,preferredLabel,altLabels
KnowledgeSkillCompetence,${base}/skill/${weave},skill/competence,Handweven,
KnowledgeSkillCompetence,${base}/skill/${poster},skill/competence,Afficheontwerp,plakkaten`,
  });
  const { id: theirs } = await coop.db
    .selectFrom("marketplace.skill")
    .select("id")
    .where("iri", "=", `${base}/skill/${poster}`)
    .executeTakeFirstOrThrow();
  const { id: job } = (
    await caller.call(postJob, { ...posterJob(client), title: "Voor de kermis", text: "Drie formaten.", language: "nl", skills: [theirs] })
  ).body;
  await caller.call(saveSearch, { name: "Plakkaten", query: `skills=${theirs}`, rhythm: "daily" });
  const searched = async (filters: Partial<AskedOf<typeof searchJobs>>): Promise<readonly string[]> =>
    (await coop.someone().call(searchJobs, { order: "newest", ...filters })).body.items.map(({ id }) => id);
  t.same(await searched({ q: "création d’affiches" }), [], "tagged in Dutch, not found in French");

  const shown = listOf(await proposedTwins(coop.db));
  const pair = `${base}/skill/${poster},urn:partcommune:skill:poster-design,"afficheontwerp (nl)"`;
  t.equal(shown, `theirs,ours,names\n${pair}`);
  const linked = async (text: string) => linkList(coop, join(folderWith({ "links.csv": text }), "links.csv"));
  t.match(await linked(shown.replace("poster-design", "logo-design")), { linked: 0, faults: [{ line: 2 }] }, "only what is proposed");
  t.match(await linked(`${shown}\n${pair}`), { linked: 0, faults: [{ line: 3 }] }, "each once");
  t.match(await linked(shown), { linked: 1, faults: [] });
  t.same(await searched({ q: "création d’affiches" }), [job]);
  t.same(await searched({ q: "plakkaten" }), [job], "and by the list's own names");
  const [ours] = (await coop.someone().call(listSkills, { text: "plakkaten", labels: "fr" })).body.items;
  t.match(ours, { label: "création d’affiches" }, "what is offered is the coop's own");
  t.same(await searched({ skills: ours?.id ?? "" }), [job]);
  t.same(await searched({ skills: theirs }), [job], "an older address still finds it");
  const { id: next } = (await caller.call(postJob, { ...posterJob(client), skills: [theirs, ours?.id ?? ""] })).body;
  t.match((await caller.call(readJob, { job: next, labels: "en" })).body.skills, [{ id: ours?.id }], "the two are one");
  await coop.settle();
  const finds = await coop.db.selectFrom("marketplace.search_find").select("job").execute();
  t.ok(
    finds.some((find) => find.job === next),
    "a search saved by theirs meets a job that names ours",
  );
  t.same((await linked(shown)).linked, 0, "a link lasts");
});

test("a row that cannot be used is named by file and line, and nothing is imported", async (t) => {
  const coop = await openCoop(t);
  const bad = `${joined["occupations.en-fr.csv"]}\nnot-an-identifier,7318,a,,b,\n${weave},7318,,,,\n${weave},7318`;
  const { code, out, error } = await typed(coop, { "occupations.en-fr.csv": bad });
  t.equal(code, 3);
  t.match(out, /3 rows cannot be used.*nothing was imported/);
  t.match(error, /^occupations\.en-fr\.csv:4: "not-an-identifier" names no concept$/m);
  t.match(error, /^occupations\.en-fr\.csv:5: it has no name in any language$/m);
  t.match(error, /^occupations\.en-fr\.csv:6: cells are missing$/m);
  t.same(await found(coop, "zither"), []);
  t.equal((await typed(coop, { "else.csv": "a,b\n1,2" })).code, 3, "a folder without ESCO's tables is no list");
});
