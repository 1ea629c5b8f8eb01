// A member brings a client of their own: declared, mailed, signed by link, and from there the same engagement as any other.
import { sql } from "kysely";
import { test, type Test } from "tap";
import {
  approveHandIn,
  coverEngagement,
  declareWork,
  handIn,
  listEngagements,
  listOwnClients,
  listUncovered,
  postJob,
  readEngagement,
  readQuoteByLink,
  signByLink,
  signEngagement,
  startEngagement,
} from "@partcommune/shared/marketplace/api";
import { objectionToDeclaration, type Declaration, type Declarer, type Terms } from "@partcommune/shared/marketplace/rules/declaration";
import { askToSignIn, foundClient, openSession, readMe } from "@partcommune/shared/membership/api";
import { listInvoices } from "@partcommune/shared/money/api";
import type { AskedOf } from "@partcommune/shared/platform/endpoint";
import { moneyFrom } from "@partcommune/shared/platform/money";
import type { Day } from "@partcommune/shared/platform/time";
import { openCoop, type Caller, type TestCoop } from "../support/coop.ts";
import { posterWork, tokenFor } from "../support/declarations.ts";
import { agreed } from "../support/engagements.ts";
import { posterJob } from "../support/jobs.ts";
import { addressOf, clientOwner, codeFor, founder, organisation, signedUp, trialMember, withRole } from "../support/people.ts";

const eur = (amount: string) => ({ amount, currency: "EUR" });
const clara = "clara@musee.example";

test("work is declared by those who may, for others than themselves, on the terms of the house", (t) => {
  const part = { title: "Poster", parallel: false };
  const work = (price: string, change: Partial<Declaration> = {}): Declaration => {
    const amount = moneyFrom(eur(price));
    return {
      price: amount,
      startOn: "2026-12-14" as Day,
      endOn: "2026-12-18" as Day,
      weekdays: 5n,
      plan: [{ ...part, amount }],
      ...change,
    };
  };
  const terms: Terms = { currency: "EUR", country: "BE", today: "2026-12-01" as Day, mostOpen: 20, wageFloor: moneyFrom(eur("28.00")) };
  const marc: Declarer = { stage: "trial", speaksForClient: false, openQuotes: 19 };
  const { wageFloor: _, ...noFloor } = terms;
  const rows: readonly (readonly [string, Declaration, Partial<Declarer>?, string?, Terms?])[] = [
    ["-", work("2000.00")],
    ["-", work("1120.00", { startOn: "2026-12-01" as Day })],
    ["-", work("1.00"), {}, "", noFloor],
    ["work-needs-membership", work("2000.00"), { stage: "applicant", speaksForClient: true }],
    ["work-while-leaving", work("2000.00"), { stage: "leaving" }],
    ["own-client", work("2000.00"), { speaksForClient: true }, "it does not pay"],
    ["client-blocked", work("2000.00"), { openQuotes: 20 }, "it does not pay"],
    ["too-many-open-quotes", work("2000.00"), { openQuotes: 20 }],
    ["currency-differs", work("2000.00"), {}, "", { ...terms, currency: "SEK" }],
    ["-", work("2000.00", { service: "authorsRights" })],
    ["service-taxed-alike", work("2000.00", { service: "training" })],
    ["dates-reversed", work("2000.00", { endOn: "2026-12-13" as Day })],
    ["dates-past", work("2000.00", { startOn: "2026-11-30" as Day })],
    ["milestones-differ-from-price", work("2000.00", { plan: [{ ...part, amount: moneyFrom(eur("1999.99")) }] })],
    ["milestone-outside-dates", work("2000.00", { plan: [{ ...part, amount: moneyFrom(eur("2000.00")), dueOn: "2026-12-19" as Day }] })],
    ["below-wage-floor", work("1119.99")],
    ["below-wage-floor", work("224.00")],
    ["below-a-day", work("223.99")],
    ["below-a-day", work("100.00", { weekdays: 0n })],
  ];
  for (const [refusal, brought, declarer = {}, reason = "", on = terms] of rows)
    t.equal(
      objectionToDeclaration(brought, { ...marc, ...declarer }, { blockedReason: reason || null }, on)?.type ?? "-",
      refusal,
      refusal,
    );
  t.same(objectionToDeclaration(work("1000.00"), marc, { blockedReason: null }, terms)?.facts, {
    price: eur("1000.00"),
    hour: eur("28.00"),
    least: eur("1120.00"),
    days: 5,
    daysPaid: 4,
  });
  t.end();
});

type Stage = { readonly coop: TestCoop; readonly board: Caller; readonly marc: Caller };

async function stage(t: Test): Promise<Stage> {
  const coop = await openCoop(t, { settings: { poolSize: 30 } });
  const board = await founder(coop);
  return { coop, board, marc: await trialMember(coop, board, "Marc") };
}

type Work = AskedOf<typeof declareWork>;

async function declared({ coop, marc }: Stage, wish: Partial<Work> = {}): Promise<string> {
  const answer = await marc.call(declareWork, { ...posterWork(), ...wish });
  if (answer.status !== 201) throw new Error(answer.text);
  await coop.settle();
  return answer.body.engagement;
}

/** Signed by the newest link to an address, with a browser of nobody. */
async function signedByLink(coop: TestCoop, email = clara) {
  const token = tokenFor(coop, email);
  const { hash } = (await coop.someone().call(readQuoteByLink, { token })).body;
  return coop.someone().call(signByLink, { token, hash });
}

test("from a declaration to its invoice: mailed, signed without an account, looked at once by an adviser, and approved by the client", async (t) => {
  const stand = await stage(t);
  const { coop, board, marc } = stand;
  const engagement = await declared(stand);
  const page = async (by = marc) => (await by.call(readEngagement, { engagement })).body;
  t.match(await page(), { state: "quoted", side: "member", client: "Musée du Canal", acts: ["sign", "decline"] });
  t.equal((await page()).job, undefined);
  t.match(JSON.parse((await page()).quote), {
    clientName: "Musée du Canal",
    title: "Poster for the spring fair",
    text: "One poster, three sizes.",
    town: "Bruxelles",
    amount: eur("2000.00"),
    milestones: [
      { number: 1, title: "Sketch", amount: eur("500.00"), parallel: false },
      { number: 2, title: "Drawing" },
    ],
    bylaws: { "fee.rate": "1" },
  });
  const letter = coop.mails.at(-1);
  t.match(letter, { to: clara, subject: "Un devis à signer\u00a0: Poster for the spring fair" });
  t.match(letter?.text, /^Marc s’est mis d’accord/);
  t.match(letter?.text, /http:\/\/localhost:4100\/fr\/sign\/[\w-]{22}\n/);

  const token = tokenFor(coop, clara);
  const anyone = coop.someone();
  const read = (await anyone.call(readQuoteByLink, { token })).body;
  t.match(read, {
    title: "Poster for the spring fair",
    client: "Musée du Canal",
    member: "Marc",
    amount: eur("2000.00"),
    signUntil: "2026-12-15T09:00:00.000Z",
    signer: { name: "Clara Canal", email: clara },
  });
  t.equal(read.quote, (await page()).quote, "the very words the member reads");
  const signed = await anyone.call(signByLink, { token, hash: read.hash });
  t.match(signed.body, { state: "quoted" }, signed.text);
  t.equal((await anyone.call(readMe, {})).body.person, undefined, "the link opens no session");
  t.equal((await marc.call(signEngagement, { engagement, hash: read.hash })).body.state, "signed");

  t.match(
    (await page()).checks.find(({ check }) => check === "clientKnown"),
    { holds: false },
  );
  t.match(
    (await page()).promise?.answers[0],
    { question: "G1", holds: true },
    "whoever followed the link has shown that the address is theirs",
  );
  const ada = await withRole(coop, board, "Ada", "adviser");
  t.match((await ada.call(listUncovered, {})).body.items, [{ id: engagement, client: "Musée du Canal" }]);
  t.equal((await ada.call(coverEngagement, { engagement, note: "I called the museum." })).status, 200);

  await marc.call(startEngagement, { engagement });
  const [sketch, drawing] = (await page()).milestones;
  t.equal((await marc.call(handIn, { milestone: sketch?.id ?? "", text: "A sketch." })).status, 201);
  const client = coop.someone();
  await client.call(askToSignIn, { email: clara, language: "fr" });
  await coop.settle();
  t.equal((await client.call(openSession, { email: clara, code: codeFor(coop, clara) })).status, 201);
  t.match((await client.call(listEngagements, {})).body.items, [{ id: engagement, side: "client" }]);
  const { version = 0 } = (await page(client)).milestones[0] ?? {};
  t.match((await client.call(approveHandIn, { milestone: sketch?.id ?? "", version })).body, { invoice: { number: "BE-2026-000001" } });
  t.match((await page()).milestones, [
    { state: "invoiced", invoice: { gross: eur("605.00") }, payable: { amount: eur("457.50") } },
    { id: drawing?.id, state: "underWay" },
  ]);
  const { person } = (await client.call(readMe, {})).body;
  t.match(person, { name: "Clara Canal", buysFor: [{ name: "Musée du Canal", role: "owner" }] });
  t.equal((await client.call(listInvoices, { client: person?.buysFor[0]?.client ?? "" })).body.items.length, 1);

  const [known] = (await marc.call(listOwnClients, {})).body.items;
  t.match(known, { name: "Musée du Canal", town: "Bruxelles", country: "BE" });
  const again = await declared(stand, { client: { id: known?.id ?? "" }, title: "Poster for the autumn fair" });
  await signedByLink(coop);
  const { hash } = (await marc.call(readEngagement, { engagement: again })).body;
  t.equal(
    (await marc.call(signEngagement, { engagement: again, hash })).body.state,
    "covered",
    "a client an adviser answered for is known",
  );
});

test("the client may sign in instead of following the link, and sign there; the link is then void", async (t) => {
  const stand = await stage(t);
  const { coop } = stand;
  const engagement = await declared(stand);
  const client = coop.someone();
  await client.call(askToSignIn, { email: clara, language: "fr" });
  await coop.settle();
  await client.call(openSession, { email: clara, code: codeFor(coop, clara) });
  const { hash } = (await client.call(readEngagement, { engagement })).body;
  t.equal((await client.call(signEngagement, { engagement, hash })).status, 201);
  t.equal((await coop.someone().call(readQuoteByLink, { token: tokenFor(coop, clara) })).problem, "not-found");
});

test("a client that entered itself is known; work it posted is covered by rule", async (t) => {
  const { coop, board } = await stage(t);
  const { caller: buyer, client } = await clientOwner(coop, "Carla");
  const { page } = await agreed({ buyer, client, worker: await trialMember(coop, board, "Mia") });
  t.match(await page(), { state: "covered", coveredBy: "rule" });
});

test("a client that a member brought is not known by posting jobs either, until an adviser has looked", async (t) => {
  const stand = await stage(t);
  const { coop, marc } = stand;
  await declared(stand);
  await signedByLink(coop);
  const buyer = coop.someone();
  await buyer.call(askToSignIn, { email: clara, language: "fr" });
  await coop.settle();
  await buyer.call(openSession, { email: clara, code: codeFor(coop, clara) });
  const client = (await buyer.call(readMe, {})).body.person?.buysFor[0]?.client ?? "";
  t.equal((await buyer.call(postJob, posterJob(client))).status, 201, "it may post, as any client");
  const { page } = await agreed({ buyer, client, worker: marc });
  t.match(await page(), { state: "signed" });
});

test("who is known here is told to nobody: a client that was meant and one that is new are answered alike", async (t) => {
  const stand = await stage(t);
  const { coop, marc } = stand;
  const { caller: owner } = await clientOwner(coop, "Carla");
  const email = addressOf("Carla");
  const meant = { ...organisation, name: "Carla SA", country: "BE", vatNumber: "BE0987654394" };
  const { id: client } = (await owner.call(foundClient, { ...meant, name: "Carla Holding SA" })).body;
  const contact = { name: "Somebody else", email, language: "fr" } as const;
  const known = await marc.call(declareWork, { ...posterWork(), client: { ...meant, name: "Their Name As I Know It", contact } });
  const unknown = await marc.call(declareWork, {
    ...posterWork(),
    client: { ...meant, name: "Their Name As I Know It", contact: { ...contact, email: "nobody@musee.example" } },
  });
  t.same([known.status, Object.keys(known.body)], [unknown.status, Object.keys(unknown.body)]);
  const seen = async ({ body: { engagement } }: typeof known) => {
    const { id: _, clientId: __, quote, hash: ___, milestones, ...page } = (await marc.call(readEngagement, { engagement })).body;
    const { engagement: ____, client: _____, ...words } = JSON.parse(quote) as Record<string, unknown>;
    return { page, words, parts: milestones.map(({ id: ______, ...milestone }) => milestone) };
  };
  t.same(await seen(known), await seen(unknown), "the member reads what they wrote, and nothing else");
  t.same((await marc.call(listOwnClients, {})).body.items, [], "neither has signed yet");
  await coop.settle();
  t.match((await owner.call(listEngagements, {})).body.items, [{ id: known.body.engagement }], "the one that was meant reads it");
  t.equal((await owner.call(readEngagement, { engagement: known.body.engagement })).body.clientId, client);
  t.match((await owner.call(readMe, {})).body.person, { name: "Carla", buysFor: { length: 2 } }, "and is neither renamed nor doubled");
  t.equal((await owner.call(readEngagement, { engagement: unknown.body.engagement })).problem, "not-found");
});

test("a contact who may bind nobody owns the client that is brought, and can sign for it", async (t) => {
  const { coop, marc } = await stage(t);
  const { caller: owner } = await clientOwner(coop, "Carla");
  await sql`update membership.buyer set role = 'poster'`.execute(coop.db);
  const contact = { name: "Carla", email: addressOf("Carla"), language: "en" } as const;
  const { engagement } = (await marc.call(declareWork, { ...posterWork(), client: { ...organisation, name: "Carla SA", contact } })).body;
  await coop.settle();
  t.equal((await signedByLink(coop, addressOf("Carla"))).status, 201);
  t.match((await owner.call(readMe, {})).body.person?.buysFor, [{ role: "poster" }, { role: "owner" }]);
  t.equal((await owner.call(readEngagement, { engagement })).status, 200);
});

test("a client is known to the members it worked with, and to nobody else by its id", async (t) => {
  const stand = await stage(t);
  const { coop, board, marc } = stand;
  const { caller: buyer, client } = await clientOwner(coop, "Carla");
  const mia = await trialMember(coop, board, "Mia");
  const work = { ...posterWork(), client: { id: client } };
  t.equal((await mia.call(declareWork, work)).problem, "not-found");
  await agreed({ buyer, client, worker: mia });
  t.match((await mia.call(listOwnClients, {})).body.items, [{ id: client, name: "Carla SA" }]);
  t.same((await marc.call(listOwnClients, {})).body.items, []);
  t.equal((await mia.call(declareWork, work)).status, 201, "a client met on the marketplace, too");
  t.equal((await marc.call(declareWork, work)).problem, "not-found");
  t.equal((await buyer.call(declareWork, work)).problem, "members-only");
  t.equal((await (await signedUp(coop, "Stan")).call(declareWork, work)).problem, "members-only");
  t.equal((await coop.someone().call(declareWork, work)).problem, "sign-in-first");
});

test("nobody declares work for themselves, nor below the floor, nor in days that are past; and then nothing is written", async (t) => {
  const { coop, marc } = await stage(t);
  const client = posterWork().client;
  const rows: readonly (readonly [string, Partial<Work>])[] = [
    ["own-client", { client: { ...client, contact: { name: "Me", email: addressOf("Marc").toUpperCase(), language: "en" } } }],
    ["below-wage-floor", { price: eur("1119.99"), milestones: undefined }],
    ["below-a-day", { price: eur("99.00"), milestones: undefined }],
    ["dates-past", { startOn: "2026-11-30" }],
    ["dates-reversed", { startOn: "2026-12-19" }],
    ["currency-differs", { price: { amount: "2000", currency: "JPY" }, milestones: undefined }],
    ["milestones-differ-from-price", { price: eur("2000.01") }],
    ["not-as-asked", { price: eur("0.00") }],
    ["not-as-asked", { client: { ...client, country: "Belgium" } }],
    ["unreadable", { client: Object.assign({ blockedReason: "x" }, client) }],
    ["unreadable", { client: { id: "01936d2c-0000-7000-8000-000000000000", name: "x" } }],
    ["not-found", { client: { id: "01936d2c-0000-7000-8000-000000000000" } }],
  ];
  for (const [refusal, wish] of rows) t.equal((await marc.call(declareWork, { ...posterWork(), ...wish })).problem, refusal, refusal);
  const { text } = await marc.call(declareWork, { ...posterWork(), client: { ...client, country: "Belgium" } });
  t.match(JSON.parse(text), { errors: [{ pointer: "/client/country" }] }, "a fault in one of two shapes is shown where it is");
  for (const table of ["marketplace.engagement", "marketplace.signing_link", "membership.client"] as const)
    t.same(await coop.db.selectFrom(table).selectAll().execute(), [], table);
  t.same(await coop.db.selectFrom("platform.letter").select("id").where("kind", "=", "quoteToSign").execute(), []);
  t.equal((await coop.db.selectFrom("membership.person").select("id").where("email", "=", clara).execute()).length, 0);
});

test("twenty quotes may wait for their clients, however many are declared at once", async (t) => {
  const { marc } = await stage(t);
  const answers = await Promise.all(Array.from({ length: 24 }, (_, at) => marc.call(declareWork, posterWork(String(at)))));
  t.equal(answers.filter(({ status }) => status === 201).length, 20, JSON.stringify(answers.map(({ problem }) => problem)));
  t.equal(answers.filter(({ problem }) => problem === "too-many-open-quotes").length, 4);
});

test("the same contact in many declarations at once is one person, and one client", async (t) => {
  const { coop, marc } = await stage(t);
  const answers = await Promise.all(Array.from({ length: 10 }, () => marc.call(declareWork, posterWork())));
  t.ok(
    answers.every(({ status }) => status === 201),
    JSON.stringify(answers.map(({ problem }) => problem)),
  );
  t.equal((await coop.db.selectFrom("membership.person").select("id").where("email", "=", clara).execute()).length, 1);
  t.equal((await coop.db.selectFrom("membership.client").select("id").execute()).length, 1);
  const keyed = await Promise.all(Array.from({ length: 10 }, () => marc.call(declareWork, posterWork(), "one-intent")));
  const told = keyed.flatMap(({ status, body }) => (status === 201 ? [body.engagement] : []));
  t.equal(new Set(told).size, 1, "one intent is one quote");
});
