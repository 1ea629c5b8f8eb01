// An operator brings a coop's clients, members and jobs from elsewhere: by the rules of the forms, whole or not at all, twice as once, and back out again.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "tap";
import { inWords } from "@partcommune/server/cli/line-faults";
import { readIn, type ReadIn, type Wishes } from "@partcommune/server/cli/read-in";
import type { ImportKind } from "@partcommune/server/platform/imports/kind";
import { runs } from "@partcommune/server/platform/imports/store";
import { takeAllBack, type TakenBackAll } from "@partcommune/server/cli/import-runs";
import { placeBid, readJob, searchJobs, withdrawJob } from "@partcommune/shared/marketplace/api";
import { askToSignIn, listMyClients, listPeople, openSession } from "@partcommune/shared/membership/api";
import { folderWith } from "../support/folder.ts";
import { coopBeside as terminal } from "../support/cli.ts";
import { openCoop, type Caller, type TestCoop } from "../support/coop.ts";
import { codeFor, founder, trialMember } from "../support/people.ts";

const page = readFileSync(join(import.meta.dirname, "../../docs/import.md"), "utf8");
const examples = new Map(
  Array.from(page.matchAll(/^`(\w+\.\w+)`:\n\n```\n([\s\S]*?)```$/gm), ([, name = "", text = ""]) => [name, text] as const),
);

function fileOf(name: string, text = examples.get(name)): string {
  if (text === undefined) throw new Error(`the page shows no ${name}`);
  return join(folderWith({ [name]: text }), name);
}

/** The same acts as the terminal's, without the time a process takes to start. */
const brought = (coop: TestCoop, kind: ImportKind, path: string, wishes: Wishes = {}): Promise<ReadIn> =>
  readIn(coop.perform, kind, path, wishes, () => undefined);

const undone = (coop: TestCoop, run: string | undefined, dry = false): Promise<TakenBackAll> => takeAllBack(coop, run ?? "", dry);

async function entered(coop: TestCoop, email: string): Promise<Caller> {
  const caller = coop.someone();
  await caller.call(askToSignIn, { email, language: "en" });
  await coop.settle();
  await caller.call(openSession, { email, code: codeFor(coop, email) });
  return caller;
}

const titles = async (caller: Caller): Promise<readonly string[]> =>
  (await caller.call(searchJobs, { order: "newest" })).body.items.map(({ title }) => title).toSorted();

test("the lists of the page come in by the rules of the forms, and are taken back but for what people rest on", async (t) => {
  const coop = await openCoop(t);
  const board = await founder(coop);
  const list = fileOf("clients.csv");
  const [clients, beside] = await Promise.all([brought(coop, "clients", list), brought(coop, "clients", list)]);
  t.match(clients, { rows: 2, bad: 0 }, JSON.stringify(clients.shown));
  t.same([clients.brought + beside.brought, clients.known + beside.known], [2, 2], "of two at once one brings");
  const members = await brought(coop, "members", fileOf("members.csv"), { invite: true });
  t.match(members, { rows: 2, brought: 2, known: 0, bad: 0 }, JSON.stringify(members.shown));
  const employments = await brought(coop, "employments", fileOf("employments.csv"));
  t.match(employments, { rows: 1, brought: 1, bad: 0 }, JSON.stringify(employments.shown));
  const strange = examples.get("employments.csv")?.replace("amina", "jan").replace("123456789012", "123456789013");
  t.match(await brought(coop, "employments", fileOf("employments.csv", strange)), { brought: 0, bad: 1, shown: [{ column: "email" }] });
  const dry = await brought(coop, "jobs", fileOf("jobs.csv"), { dryRun: true });
  t.match(dry, { rows: 1, brought: 1, bad: 0, run: undefined }, JSON.stringify(dry.shown));
  t.same(await titles(board), [], "a dry run writes nothing");
  const jobs = await brought(coop, "jobs", fileOf("jobs.csv"));
  const more = await brought(coop, "jobs", fileOf("jobs.jsonl"));
  t.same(await titles(board), ["Affiche de printemps", "Menu in drie talen"]);

  await coop.settle();
  t.same(
    coop.mails.filter(({ subject }) => /knows you|prête/.test(subject)).map(({ to, text }) => [to, text.includes("/sign-in")]),
    [
      ["amina@people.example", true],
      ["jan@people.example", true],
    ],
    "only who was invited is written to",
  );
  const people = (await board.call(listPeople, {})).body.items;
  t.match(
    people.filter(({ stage }) => stage !== undefined).map(({ name, stage, branch }) => [name, stage, branch?.name]),
    [
      ["Amina Diallo", "associate", "Atelier Commun"],
      ["Jan Janssens", "trial", "Atelier Commun"],
    ],
  );
  const claire = await entered(coop, "claire@musee.example");
  t.match((await claire.call(listMyClients, {})).body.items, [{ name: "Musée du Canal", vatNumber: "BE0555000148", role: "owner" }]);
  const found = (await claire.call(searchJobs, { q: "affiche", order: "newest" })).body.items[0]?.id ?? "";
  t.match((await claire.call(readJob, { job: found, labels: "en" })).body, {
    text: "Une affiche en trois formats.\nImpression chez vous.",
    price: { amount: "1200.00", currency: "EUR" },
    place: { town: "Bruxelles", country: "BE" },
    skills: [{ label: "poster design" }, { label: "logo design" }],
    mine: true,
  });
  const facts = await coop.db
    .selectFrom("platform.fact")
    .select(["type", "actor"])
    .where("cause", "=", jobs.run ?? "")
    .orderBy("seq")
    .execute();
  t.same(
    facts.map(({ type, actor }) => `${actor} ${type}`),
    ["operator import.begun", "operator job.opened", "operator import.ended"],
  );

  for (const [kind, name, known] of [
    ["clients", "clients.csv", 2],
    ["members", "members.csv", 2],
    ["employments", "employments.csv", 1],
    ["jobs", "jobs.csv", 1],
  ] as const)
    t.match(await brought(coop, kind, fileOf(name)), { brought: 0, known }, `${name} twice adds nothing`);
  t.match(
    await brought(coop, "jobs", fileOf("jobs.csv", examples.get("jobs.csv")?.replace("J-1", "J-9").replace("C-17", "BE0555000148"))),
    { brought: 1 },
    "another key is another job, and a client is known by its VAT number too",
  );

  const bidder = await trialMember(coop, board, "Bea Bidder");
  const bid = await bidder.call(placeBid, { job: found, amount: { amount: "1200.00", currency: "EUR" }, pitch: "Gladly." });
  t.equal(bid.status, 201, JSON.stringify(bid.body));
  await entered(coop, "jan@people.example");
  t.match(await undone(coop, employments.run), { taken: 1, kept: [] }, "it counts for no day any more");
  t.match(await undone(coop, members.run, true), { taken: 1, kept: [{ key: "jan@people.example", because: "the person has signed in" }] });
  t.match(await undone(coop, members.run), { taken: 1, kept: [{ line: 3 }] });
  t.match(await undone(coop, jobs.run), { taken: 0, kept: [{ key: "J-1", line: 2, because: "somebody has bid on it" }] });
  t.match(await undone(coop, more.run), { taken: 1, kept: [] });
  t.match(await undone(coop, more.run), { taken: 0, kept: [] }, "twice takes nothing more");
  await t.rejects(undone(coop, "no such run"), /No list was read in by this run/);
  t.match(
    await undone(coop, (clients.brought > 0 ? clients : beside).run),
    { taken: 1, kept: [{ key: "C-17", because: "a job was posted or work agreed for it" }] },
    "a client whose jobs were all taken back goes too",
  );
  const left = (await board.call(listPeople, {})).body.items.map(({ name }) => name);
  t.notOk(left.includes("Amina Diallo"), "who was known by the list alone is forgotten");
  t.ok(left.includes("Jan Janssens"), "who came in stays");
  t.match(await brought(coop, "members", fileOf("members.csv")), { brought: 1, known: 1 }, "what was taken back can come again");
  t.equal((await claire.call(withdrawJob, { job: found })).status, 200, "the client has the last word on what came in its name");
});

const heading = "key,client,title,text,language,trade,skills,startOn,endOn,price,bidsUntil";
const job = (
  key: string,
  { client = "C-17", skills = "", startOn = "2027-01-11", price = "", bidsUntil = "2026-12-15", title = "A poster" } = {},
) => `${key},${client},${title},Big.,en,design,${skills},${startOn},2027-01-15,${price},${bidsUntil}`;

test("a fault is told by file, line, column, what stood there and what is asked, and keeps everything out", async (t) => {
  const coop = await openCoop(t);
  const board = await founder(coop);
  await brought(coop, "clients", fileOf("clients.csv"));
  const lines = [
    heading,
    job("a", { client: "C-99" }),
    job("b", { skills: "logo|weather making" }),
    job("c", { startOn: "2027-02-01" }),
    job("d", { bidsUntil: "2026-12-01" }),
    job("e", { price: "12,5" }).replace("12,5", '"12,5"'),
    job("f", { title: "" }),
    `${job("g")},more`,
    job("h"),
  ];
  const path = fileOf("jobs.csv", `\ufeff${lines.join("\r\n")}\r\n`);
  const told = await brought(coop, "jobs", path);
  t.match(told, { rows: 8, brought: 0, bad: 7, faults: 7, run: undefined });
  const said = told.shown.map((fault) => inWords("jobs.csv", fault)).toSorted();
  for (const [at, pattern] of [
    /^jobs.csv:2: client "C-99": the key or VAT number of a client/,
    /^jobs.csv:3: skills "logo\|weather making": .* unlike weather making/,
    /^jobs.csv:4: endOn "2027-01-15": The work ends before it begins/,
    /^jobs.csv:5: bidsUntil "2026-12-01": Bids need at least a day/,
    /^jobs.csv:6: price "12,5": a decimal text/,
    /^jobs.csv:7: title: something; nothing stands here/,
    /^jobs.csv:8: 11 cells, as many as the heading has; these are 12/,
  ].entries())
    t.match(said[at], pattern);
  t.same(await titles(board), [], "nothing is half imported");
  t.match(await brought(coop, "jobs", path, { skipBad: true }), { rows: 8, brought: 1, bad: 7 });
  t.same(await titles(board), ["A poster"]);

  const asked = async (kind: ImportKind, name: string, text: string): Promise<string> => {
    const { shown, run } = await brought(coop, kind, fileOf(name, text));
    t.equal(run, undefined, name);
    return shown.map((fault) => inWords(name, fault)).join("\n");
  };
  t.match(await asked("jobs", "a.csv", `${heading},town,colour\n`), /^a.csv:1: a heading of key, client, .*"colour" is not asked for$/);
  t.match(
    await asked("jobs", "x.csv", "PK\u0003\u0004\u001b[2J;\u0000\n"),
    /^x.csv:1: .*"PK··.*" is not asked for$/,
    "a terminal obeys nothing of a file",
  );
  t.match(await asked("jobs", "b.csv", "client,title\n"), /^b.csv:1: a heading that names text, language, .*as well$/);
  t.match(await asked("jobs", "c.csv", `${heading}\na,"open`), /^c.csv:\d: CSV: Quote Not Closed/);
  t.match(
    await asked("members", "d.jsonl", '\n{"email":"x"}\n[1]\n{"colour":1}'),
    /d.jsonl:2: email "x": [^]*d.jsonl:3: one JSON object[^]*d.jsonl:4: colour: nothing of this name/,
  );
  const member = examples.get("members.csv") ?? "";
  t.match(
    await asked("members", "e.csv", member.replace(",,2026-10-12", ",Ghent,2026-10-12")),
    /^e.csv:3: branch "Ghent": the name of a branch/,
  );
  t.match(await asked("members", "f.csv", member.replace("2026-10-12", "2027-10-12")), /^f.csv:3: since "2027-10-12": a day that has been/);
  t.match(
    await asked("clients", "g.csv", (examples.get("clients.csv") ?? "").replace("\n;", "\n;").replace("BE0555000247", "")),
    /^g.csv:3: key: a key, or a VAT number/,
  );
});

test("at a terminal: faults end with 3, a good list says its run, and undo takes it back", async (t) => {
  const coop = await openCoop(t);
  await t.rejects(brought(coop, "clients", fileOf("clients.csv")), /not-founded/, "a coop must stand first");
  await founder(coop);
  const klingon = fileOf("clients.csv", examples.get("clients.csv")?.replace(";fr", ";klingon"));
  t.match(await terminal(coop, "import", "clients", klingon), {
    code: 3,
    out: /2 rows, 0 new, 0 here already, 1 with faults; nothing was imported/,
    error: /^clients.csv:2: contactLanguage "klingon": /,
  });
  const good = await terminal(coop, "import", "clients", fileOf("clients.csv"), "--json");
  t.equal(good.code, 0, good.error);
  const { run } = JSON.parse(good.out) as { run: string };
  t.match(await runs(coop), [{ id: run, kind: "clients", file: "clients.csv", ended: true, brought: 2, takenBack: 0 }]);
  t.match(await terminal(coop, "import", "undo", run), { code: 0, out: /^2 taken back, 0 stay$/m });
});
