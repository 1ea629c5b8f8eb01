// Trades and skills are found by a part of a name in any language, and kept by identifier.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "tap";
import { listMySkills, listSkills, postJob, readJob, setMySkills } from "@partcommune/shared/marketplace/api";
import { jobLanguages } from "@partcommune/shared/marketplace/rules/job";
import { openCoop, type Caller } from "../support/coop.ts";
import { nobodysId } from "../support/example.ts";
import { posterJob } from "../support/jobs.ts";
import { clientOwner, confirmedMember, founder } from "../support/people.ts";

const list = readFileSync(join(import.meta.dirname, "../../server/migrations/0007-marketplace-jobs/skills.tsv"), "utf8");
const lines = list.split("\n").filter((line) => line !== "" && !line.startsWith("#"));

test("the coop's own list names sixty trades and four skills of each, in six languages", (t) => {
  const [head = "", ...rows] = lines.map((line) => line.split("\t"));
  t.same(head, ["slug", "broader", ...jobLanguages]);
  t.equal(rows.filter(([, broader]) => broader === "").length, 60);
  t.equal(new Set(rows.map(([slug]) => slug)).size, 300);
  const trades = new Set(rows.flatMap(([slug, broader]) => (broader === "" ? [slug] : [])));
  t.same(
    rows.filter(([, broader = ""]) => broader !== "" && !trades.has(broader)),
    [],
    "each skill belongs to a trade",
  );
  for (const [slug = "", , ...cells] of rows) {
    t.equal(cells.length, jobLanguages.length, slug);
    t.same(
      cells.filter((cell) => cell.split("|").some((name) => name === "" || name !== name.trim())),
      [],
      `${slug} has clean names`,
    );
  }
  for (const [at, language] of jobLanguages.entries()) {
    const names = rows.map((row) => row[at + 2]?.split("|")[0]);
    t.equal(new Set(names).size, names.length, `no two have one name in ${language}`);
  }
  t.end();
});

const firstCalled = async (caller: Caller, text: string, labels: (typeof jobLanguages)[number]): Promise<string | undefined> =>
  (await caller.call(listSkills, { text, labels })).body.items[0]?.label;

test("a skill is found by a part of a name, without accents, in whatever language it is typed", async (t) => {
  const visitor = (await openCoop(t)).someone();
  const rows = [
    ["affic", "fr", "création d’affiches"],
    ["Poster", "fr", "création d’affiches"],
    ["afficheontwerp", "fr", "création d’affiches"],
    ["securite info", "fr", "sécurité informatique"],
    ["SÉCURITÉ INFO", "nl", "informatiebeveiliging"],
    ["graphiste", "en", "graphic design"],
    ["Übersetz", "de", "Übersetzung"],
  ] as const;
  for (const [text, labels, label] of rows) t.equal(await firstCalled(visitor, text, labels), label, text);
  for (const nothing of ["%", "_", "\\", "'; drop table marketplace.skill; --"])
    t.equal(await firstCalled(visitor, nothing, "fr"), undefined, nothing);
  t.equal((await visitor.call(listSkills, { text: "x".repeat(81) })).status, 422);
});

const idCalled = async (caller: Caller, text: string): Promise<string> => (await caller.call(listSkills, { text })).body.items[0]?.id ?? "";

test("a job and a member name skills of the list and no others", async (t) => {
  const coop = await openCoop(t);
  const board = await founder(coop);
  const { caller: buyer, client } = await clientOwner(coop, "Carla");
  const [poster, logo] = [await idCalled(buyer, "poster design"), await idCalled(buyer, "logo design")];
  const { id: job } = (await buyer.call(postJob, { ...posterJob(client), skills: [poster, logo, poster] })).body;
  const told = (await buyer.call(readJob, { job, labels: "nl" })).body.skills;
  t.same(
    told.map(({ label }) => label),
    ["afficheontwerp", "logo-ontwerp"],
    "each once, in the order given, by the name the reader knows",
  );
  t.equal((await buyer.call(postJob, { ...posterJob(client), skills: [nobodysId()] })).problem, "skill-unknown");
  const eleven = Array.from({ length: 11 }, nobodysId);
  t.equal((await buyer.call(postJob, { ...posterJob(client), skills: eleven })).problem, "not-as-asked");
  const { caller: member } = await confirmedMember(coop, board, "Anna");
  t.equal((await member.call(setMySkills, { skills: [poster, logo] })).status, 200);
  t.equal((await member.call(setMySkills, { skills: [logo] })).status, 200);
  t.equal((await member.call(setMySkills, { skills: [nobodysId()] })).problem, "skill-unknown");
  t.match((await member.call(listMySkills, { labels: "fr" })).body, { items: [{ id: logo, label: "création de logos", kind: "skill" }] });
  t.equal((await buyer.call(listMySkills, {})).problem, "members-only");
});
