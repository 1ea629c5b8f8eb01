// The mailed link: 128 bits, used once, void with its quote, kept nowhere but in the letter, and no way in.
import { sql } from "kysely";
import { test, type Test } from "tap";
import {
  declareWork,
  declineByLink,
  declineEngagement,
  readEngagement,
  readQuoteByLink,
  sendBackEngagement,
  signByLink,
  signEngagement,
} from "@partcommune/shared/marketplace/api";
import { askToSignIn, listMyClients, openSession, readMe } from "@partcommune/shared/membership/api";
import { readOutbox } from "@partcommune/shared/platform/api";
import { openLog } from "@partcommune/server/platform/log";
import { openPages } from "@partcommune/server/platform/pages";
import { openCoop, seededRandom, type Answered, type Caller, type TestCoop } from "../support/coop.ts";
import { posterWork, tokenFor, tokensFor } from "../support/declarations.ts";
import { cookieOf } from "../support/line.ts";
import { codeFor, founder, trialMember, withRole } from "../support/people.ts";

const clara = "clara@musee.example";
const lines: string[] = [];

type Stage = {
  readonly coop: TestCoop;
  readonly board: Caller;
  readonly marc: Caller;
  readonly engagement: string;
  readonly token: string;
  readonly hash: string;
  readonly state: () => Promise<string>;
};

async function stage(t: Test): Promise<Stage> {
  const log = openLog("trace", { write: (line) => void lines.push(line) });
  const coop = await openCoop(t, { settings: { poolSize: 30, log } });
  await openPages(coop.app, { origin: coop.origin, random: seededRandom("nonce") });
  const board = await founder(coop);
  const marc = await trialMember(coop, board, "Marc");
  const { engagement } = (await marc.call(declareWork, posterWork())).body;
  await coop.settle();
  const page = async () => (await marc.call(readEngagement, { engagement })).body;
  const { hash } = await page();
  return { coop, board, marc, engagement, token: tokenFor(coop, clara), hash, state: async () => (await page()).state };
}

const otherHash = "0".repeat(64);

/** What a token that opens nothing is told, but for the name of the request. */
const bare = ({ status, text }: Answered<unknown>): unknown => ({ status, ...(JSON.parse(text) as object), instance: "" });

/** A token opens nothing, and each of its doors says so in the words it has for tokens that never were. */
async function opensNothing(t: Test, coop: TestCoop, token: string, hash: string, why: string): Promise<void> {
  const anyone = coop.someone();
  const never = "A".repeat(22);
  const rows = [
    [await anyone.call(readQuoteByLink, { token }), await anyone.call(readQuoteByLink, { token: never })],
    [await anyone.call(signByLink, { token, hash }), await anyone.call(signByLink, { token: never, hash })],
    [await anyone.call(declineByLink, { token }), await anyone.call(declineByLink, { token: never })],
  ] as const;
  for (const [given, none] of rows) {
    t.equal(given.problem, "not-found", why);
    t.same(bare(given), bare(none), `${why}: told like one that never was`);
  }
}

test("a token that is none names nothing, however it is written", async (t) => {
  const { coop, token, hash, state } = await stage(t);
  const anyone = coop.someone();
  const tokens = ["x", token.slice(1), `${token}A`, token.toLowerCase(), "..%2f..%2f..%2f..%2f..", "'; drop table x; -- --"];
  for (const wrong of tokens.filter((each) => each !== token)) {
    t.equal((await anyone.call(readQuoteByLink, { token: wrong })).status, 404, wrong);
    t.equal((await anyone.call(signByLink, { token: wrong, hash })).status, 404, wrong);
  }
  t.equal(Buffer.from(token, "base64url").length, 16, "128 bits");
  t.equal(await state(), "quoted");
});

test("signed once: what was signed is what was shown, and the link is used up by signing", async (t) => {
  const { coop, marc, engagement, token, hash, state } = await stage(t);
  const anyone = coop.someone();
  t.equal((await anyone.call(signByLink, { token, hash: otherHash })).problem, "quote-differs");
  t.equal((await anyone.call(readQuoteByLink, { token })).status, 200, "a refusal leaves the link whole");
  const signed = await Promise.all(Array.from({ length: 12 }, () => coop.someone().call(signByLink, { token, hash })));
  t.equal(signed.filter(({ status }) => status === 201).length, 1);
  t.equal(signed.filter(({ problem }) => problem === "not-found").length, 11, JSON.stringify(signed.map(({ problem }) => problem)));
  t.equal(await state(), "quoted");
  const { client_signer: signer } = await coop.db
    .selectFrom("marketplace.engagement")
    .select("client_signer")
    .where("id", "=", engagement)
    .executeTakeFirstOrThrow();
  const person = await coop.db.selectFrom("membership.person").selectAll().where("email", "=", clara).executeTakeFirstOrThrow();
  t.equal(signer, person.id);
  t.equal(person.email_confirmed_at, coop.now());
  await opensNothing(t, coop, token, hash, "used");
  t.equal((await marc.call(signEngagement, { engagement, hash })).body.state, "signed");
});

test("declined by link, the quote lapses for both and the link is used up", async (t) => {
  const { coop, token, hash, state } = await stage(t);
  t.equal((await coop.someone().call(declineByLink, { token })).status, 200);
  t.equal(await state(), "lapsed");
  await opensNothing(t, coop, token, hash, "declined");
});

test("the link ends with its quote: declined by the member, or not signed within fourteen days", async (t) => {
  const first = await stage(t);
  await first.marc.call(declineEngagement, { engagement: first.engagement });
  await opensNothing(t, first.coop, first.token, first.hash, "declined by the other side");
  const { coop, token, hash, state } = await stage(t);
  coop.wait(14 * 86_400_000 - 1);
  t.equal((await coop.someone().call(readQuoteByLink, { token })).status, 200);
  coop.wait(1);
  await opensNothing(t, coop, token, hash, "at the limit, before the clock came");
  await coop.keepTime();
  t.equal(await state(), "lapsed");
  await opensNothing(t, coop, token, hash, "lapsed");
});

test("sent back, the old link is void and a new one is mailed", async (t) => {
  const { coop, board, marc, engagement, token, hash, state } = await stage(t);
  await coop.someone().call(signByLink, { token, hash });
  await marc.call(signEngagement, { engagement, hash });
  const ada = await withRole(coop, board, "Ada", "adviser");
  t.equal((await ada.call(sendBackEngagement, { engagement, reason: "The dates are a holiday." })).status, 200);
  await coop.settle();
  t.equal(tokensFor(coop, clara).length, 2);
  await opensNothing(t, coop, token, hash, "replaced");
  const next = tokenFor(coop, clara);
  t.not(next, token);
  t.match((await coop.someone().call(readQuoteByLink, { token: next })).body, { sentBackBecause: "The dates are a holiday." });
  t.equal((await coop.someone().call(signByLink, { token: next, hash })).status, 201);
  t.equal(await state(), "quoted", "the member signs anew, too");
});

test("whoever may no longer bind the client signs nothing by an older link", async (t) => {
  const { coop, token, hash } = await stage(t);
  await sql`update membership.buyer set role = 'payer'`.execute(coop.db);
  await opensNothing(t, coop, token, hash, "no approver any more");
});

test("two quotes, two links: neither signs the other's", async (t) => {
  const { coop, marc, token, hash } = await stage(t);
  const { engagement } = (await marc.call(declareWork, { ...posterWork(), title: "Another poster" })).body;
  await coop.settle();
  const [other, page] = [tokenFor(coop, clara), (await marc.call(readEngagement, { engagement })).body];
  t.equal((await coop.someone().call(signByLink, { token: other, hash })).problem, "quote-differs");
  t.equal((await coop.someone().call(signByLink, { token, hash: page.hash })).problem, "quote-differs");
  t.equal((await coop.someone().call(signByLink, { token: other, hash: page.hash })).status, 201);
  t.equal((await coop.someone().call(readQuoteByLink, { token })).status, 200, "the first still waits");
});

test("a link lets nobody in: no cookie, no session; its person comes in by a mailed code, as the owner of their organisation alone", async (t) => {
  const { coop, token, hash } = await stage(t);
  const anyone = coop.someone();
  const { headers } = await anyone.call(readQuoteByLink, { token });
  const signed = await anyone.call(signByLink, { token, hash });
  t.equal(headers["set-cookie"], undefined);
  t.equal(signed.headers["set-cookie"], undefined);
  t.equal((await anyone.call(readMe, {})).body.person, undefined);
  t.equal((await anyone.call(listMyClients, {})).problem, "sign-in-first");
  await anyone.call(askToSignIn, { email: clara, language: "fr" });
  await coop.settle();
  await anyone.call(openSession, { email: clara, code: codeFor(coop, clara) });
  t.match((await anyone.call(readMe, {})).body.person, { name: "Clara Canal", roles: [], stage: undefined, buysFor: [{ role: "owner" }] });
});

test("the letter names the coop's own address, whatever the request said it was", async (t) => {
  const { coop, marc } = await stage(t);
  const answer = await coop.app.inject({
    method: "POST",
    url: "/api/v1/engagements",
    headers: {
      "content-type": "application/json",
      "idempotency-key": "poisoned",
      host: "evil.example",
      "x-forwarded-host": "evil.example",
      "x-forwarded-proto": "https",
      cookie: await cookieOf(marc),
    },
    payload: JSON.stringify({ ...posterWork(), title: "A poisoned poster" }),
  });
  t.equal(answer.statusCode, 201, answer.body);
  await coop.settle();
  t.notMatch(coop.mails.at(-1)?.text, /evil/);
  t.match(coop.mails.at(-1)?.text, /http:\/\/localhost:4100\/fr\/sign\//);
});

test("the token stands in the letter and nowhere else: not in the database, no fact, no answer, no log line", async (t) => {
  const { coop, board, marc, engagement, token, hash } = await stage(t);
  const page = await coop.someone().raw({ method: "GET", url: `/fr/sign/${token}` });
  t.equal(page.statusCode, 200);
  t.equal(page.headers["referrer-policy"], "no-referrer");
  t.equal(page.headers["x-robots-tag"], "noindex");
  t.match(page.body, /Poster for the spring fair/, "readable without a script");
  await coop.someone().call(signByLink, { token, hash: otherHash });
  await coop.someone().call(signByLink, { token, hash });
  const answers = [
    await marc.call(readEngagement, { engagement }),
    await board.call(readOutbox, {}),
    await coop.someone().call(readQuoteByLink, { token }),
  ];
  for (const { text } of answers) t.notOk(text.includes(token));
  const { rows: tables } = await sql<{ name: string }>`
    select format('%I.%I', schemaname, tablename) as name from pg_tables where schemaname in ('platform', 'membership', 'marketplace', 'mutual')`.execute(
    coop.db,
  );
  for (const { name } of tables) {
    const { rows } = await sql<{ found: boolean }>`select true as found from ${sql.raw(name)} row where row::text like ${`%${token}%`}`
      .execute(coop.db)
      .catch(() => ({ rows: [] }));
    t.same(rows, [], `${name} does not hold it`);
  }
  t.ok(lines.length > 10, "the log was written");
  t.notOk(
    lines.some((line) => line.includes(token)),
    "the log names the route, not the address",
  );
  const gone = await coop.someone().raw({ method: "GET", url: `/fr/sign/${token}` });
  t.equal(gone.statusCode, 404, "used up");
  t.match(gone.body, /Ce lien n’ouvre rien/, "and the page says what may have become of it");
  t.equal(gone.headers["referrer-policy"], "no-referrer");
});

test("a guesser is slowed down", async (t) => {
  const { coop } = await stage(t);
  const tries: number[] = [];
  for (let at = 0; at < 25; at += 1) tries.push((await coop.someone().call(readQuoteByLink, { token: "A".repeat(22) })).status);
  t.equal(tries.filter((status) => status === 404).length, 20);
  t.equal(tries.filter((status) => status === 429).length, 5);
});
