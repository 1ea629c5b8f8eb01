// A session is its cookie and nothing else: not chosen by others, gone when ended, and guessed at by nobody (hostile cases 70, 71, 72, 76).
import { test } from "tap";
import { applyAsMember, askToSignIn, closeSession, closeSessions, openSession, readMe } from "@partcommune/shared/membership/api";
import { askForPasskey, askToAddPasskey, openSessionByPasskey } from "@partcommune/shared/membership/api/passkeys";
import { foundCoop } from "@partcommune/shared/governance/api";
import { dayMs } from "@partcommune/shared/platform/time";
import { prove, withPasskey, type Authenticator } from "../support/authenticator.ts";
import { openCoop, type Caller, type TestCoop } from "../support/coop.ts";
import { atelierCommun } from "../support/founding.ts";
import { addressOf, codeFor, founder, signedUp } from "../support/people.ts";

const json = { "content-type": "application/json" };

/** Tries codes from one address of the net, as a guesser does. */
const guess = (coop: TestCoop, email: string, remoteAddress: string, at: number, headers: Record<string, string> = {}) =>
  coop.app.inject({
    method: "POST",
    url: openSession.path,
    remoteAddress,
    headers: { ...json, "idempotency-key": `guess-${remoteAddress}-${at}`, ...headers },
    payload: JSON.stringify({ email, code: `22222 ${String(at).padStart(5, "2")}` }),
  });

/** A new browser that signs in with a passkey alone. */
async function signedInBy(coop: TestCoop, device: Authenticator): Promise<Caller> {
  const caller = coop.someone();
  const question = await caller.call(askForPasskey, {});
  const { status, text } = await caller.call(openSessionByPasskey, device.sign(question.body));
  if (status !== 201) throw new Error(text);
  return caller;
}

test("a cookie that others chose is not taken on", async (t) => {
  const coop = await openCoop(t);
  await founder(coop);
  await signedUp(coop, "Anna");
  coop.wait(20 * 60_000);
  const email = addressOf("Anna");
  const asked = (url: string, payload: object) =>
    coop.app.inject({
      method: "POST",
      url,
      headers: { ...json, "idempotency-key": url, cookie: "session=chosen-by-the-thief" },
      payload: JSON.stringify(payload),
    });
  await asked("/api/v1/sign-ins", { email, language: "en" });
  await coop.settle();
  const opened = await asked(openSession.path, { email, code: codeFor(coop, email) });
  t.equal(opened.statusCode, 201);
  const given = opened.cookies[0]?.value ?? "";
  t.match(given, /^[\w-]{43}$/, "256 bits of our own");
  t.notMatch(opened.body, given, "the token stands in no body");
  const who = async (cookie: string, url = readMe.path) => (await coop.app.inject({ method: "GET", url, headers: { cookie } })).body;
  t.equal(await who("session=chosen-by-the-thief"), "{}");
  t.equal(await who("", `${readMe.path}?session=${given}`).then((body) => body.includes("Anna")), false, "nor is it read from an address");
  t.match(await who(`session=${given}`), /Anna/);
});

test("a session ends where its person ends it, everywhere at once, and after thirty days", async (t) => {
  const coop = await openCoop(t);
  await founder(coop);
  const anna = await signedUp(coop, "Anna");
  const device = await withPasskey(coop, anna);
  const [phone, desk] = [await signedInBy(coop, device), await signedInBy(coop, device)];
  t.equal((await phone.call(closeSession, {})).status, 200);
  t.same((await phone.call(readMe, {})).body, {}, "its cookie is nobody's");
  t.match((await desk.call(readMe, {})).body, { person: { name: "Anna" } });
  await prove(coop, anna);
  t.equal((await anna.call(askToAddPasskey, {})).status, 201);
  coop.wait(5 * 60_000);
  await signedInBy(coop, device);
  t.equal((await anna.call(askToAddPasskey, {})).problem, "proof-needed", "a proof in one session is none in another");
  t.equal((await desk.call(closeSessions, {})).status, 200);
  t.same((await anna.call(readMe, {})).body, {});
  t.equal((await anna.call(applyAsMember, { status: "invoiced", trade: "x" })).problem, "sign-in-first");
  const last = await signedInBy(coop, device);
  coop.wait(30 * dayMs - 1);
  t.match((await last.call(readMe, {})).body, { person: { name: "Anna" } });
  coop.wait(1);
  t.same((await last.call(readMe, {})).body, {}, "to the millisecond");
});

test("the cookie is closed to scripts, to other hosts and to plain http", async (t) => {
  const coop = await openCoop(t, { settings: { origin: "https://coop.example" } });
  const board = coop.someone();
  const founded = await board.call(foundCoop, atelierCommun);
  const cookie = String(founded.headers["set-cookie"]);
  t.match(cookie, /^__Host-session=[\w-]{43}; /);
  for (const flag of ["Path=/", "Secure", "HttpOnly", "SameSite=Lax"]) t.ok(cookie.split("; ").includes(flag), flag);
  t.notMatch(cookie, /Domain=/);
  t.match((await board.call(readMe, {})).body, { person: { name: "Fanny Founder" } });
});

test("a write from elsewhere is refused, whatever form it comes in", async (t) => {
  const coop = await openCoop(t);
  await founder(coop);
  const anna = await signedUp(coop, "Anna");
  const payload = '{"status":"invoiced","trade":"x"}';
  const tried = async (headers: Record<string, string>, method: "POST" | "GET" = "POST", url = applyAsMember.path) =>
    (await anna.raw({ method, url, headers: { "idempotency-key": "k", ...headers }, ...(method === "POST" ? { payload } : {}) }))
      .statusCode;
  t.equal(await tried({ ...json, origin: "https://localhost:4100" }), 403, "another scheme");
  t.equal(await tried({ ...json, origin: "http://x.localhost:4100" }), 403, "a sub-domain");
  t.equal(await tried({ ...json, origin: "http://localhost:4100.evil.example" }), 403, "a suffix");
  t.equal(await tried({ ...json, "sec-fetch-site": "same-site" }), 403);
  t.equal(await tried({ "content-type": "multipart/form-data; boundary=x", origin: "http://localhost:4100" }), 415);
  t.equal(await tried({ "content-type": "text/plain" }), 415);
  t.equal(await tried({ "x-http-method-override": "POST" }, "GET"), 404, "no method is overridden");
  t.equal(await tried({}, "GET", `${closeSession.path}?_method=DELETE`), 400, "a read has no effect");
  t.match((await anna.call(readMe, {})).body, { person: { name: "Anna" } }, "she is still signed in, and no member");
  t.same(await coop.db.selectFrom("membership.member").select("id").execute(), []);
});

test("a guesser is slowed down by where they come from, and the real person is not locked out", async (t) => {
  const coop = await openCoop(t);
  await founder(coop);
  await signedUp(coop, "Anna");
  const email = addressOf("Anna");
  const answers = [];
  for (let at = 0; at < 60; at += 1)
    answers.push((await guess(coop, email, "192.0.2.7", at, { "x-forwarded-for": `198.51.100.${at}` })).statusCode);
  t.equal(answers.filter((status) => status === 403).length, 20, "twenty tries a minute, whatever address they claim");
  t.equal(answers.filter((status) => status === 429).length, 40);
  const strangers = [];
  for (let at = 0; at < 21; at += 1) strangers.push((await guess(coop, `nobody${at}@people.example`, "192.0.2.8", at)).statusCode);
  t.equal(strangers.at(-1), 429, "many accounts from one address are slowed alike");
  const anna = coop.someone();
  coop.wait(20 * 60_000);
  await anna.call(askToSignIn, { email, language: "en" });
  await coop.settle();
  t.equal((await anna.call(openSession, { email, code: codeFor(coop, email) })).status, 201, "she comes in from her own address");
});
