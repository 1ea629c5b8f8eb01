// A session is its cookie and what was proved in it, and nothing from elsewhere acts in it (hostile cases 71, 72 and 76).
import { test } from "tap";
import { applyAsMember, askToSignIn, closeSession, openSession, readMe } from "@partcommune/shared/membership/api";
import { askForPasskey, askToAddPasskey, openSessionByPasskey } from "@partcommune/shared/membership/api/passkeys";
import { foundCoop } from "@partcommune/shared/governance/api";
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

test("the token stands in no body, and is read from no address", async (t) => {
  const coop = await openCoop(t);
  const founded = await coop.someone().call(foundCoop, atelierCommun);
  const given = /session-4100=([\w-]{43});/.exec(String(founded.headers["set-cookie"]))?.[1] ?? "none";
  t.notMatch(founded.text, given);
  const asked = async (request: { url: string; headers?: Record<string, string> }) =>
    (await coop.app.inject({ method: "GET", ...request })).body.includes("Fanny");
  t.equal(await asked({ url: `${readMe.path}?session=${given}` }), false);
  t.equal(await asked({ url: readMe.path, headers: { authorization: `Bearer ${given}` } }), false);
  t.equal(await asked({ url: readMe.path, headers: { cookie: `session-4100=${given}` } }), true, "but from the cookie");
});

test("a proof in one session is none in another", async (t) => {
  const coop = await openCoop(t);
  await founder(coop);
  const anna = await signedUp(coop, "Anna");
  const device = await withPasskey(coop, anna);
  await prove(coop, anna);
  t.equal((await anna.call(askToAddPasskey, {})).status, 201);
  coop.wait(5 * 60_000);
  const phone = await signedInBy(coop, device);
  t.equal((await phone.call(askToAddPasskey, {})).status, 201, "signing in by passkey is a proof");
  t.equal((await anna.call(askToAddPasskey, {})).problem, "proof-needed", "for that session alone");
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
