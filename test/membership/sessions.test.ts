// A session is one cookie in one browser: handed out only by signing in, gone everywhere once it is ended.
import { test, type Test } from "tap";
import { askToSignIn, closeSession, closeSessions, listPeople, openSession, readMe } from "@partcommune/shared/membership/api";
import { askForPasskey, openSessionByPasskey } from "@partcommune/shared/membership/api/passkeys";
import { readSession } from "@partcommune/shared/platform/api";
import { dayMs } from "@partcommune/shared/platform/time";
import { withPasskey } from "../support/authenticator.ts";
import { openCoop, type Caller, type TestCoop } from "../support/coop.ts";
import { cookieOf, knock, listening } from "../support/line.ts";
import { atelierCommun } from "../support/founding.ts";
import { addressOf, codeFor, founder, signedUp } from "../support/people.ts";

const hourMs = 3_600_000;

async function house(t: Test, origin?: string): Promise<{ readonly coop: TestCoop; readonly anna: Caller }> {
  const coop = await openCoop(t, origin ? { settings: { origin } } : {});
  await founder(coop);
  return { coop, anna: await signedUp(coop, "Anna") };
}

/** Signs Anna in on another device. */
async function again(coop: TestCoop): Promise<Caller> {
  const caller = coop.someone();
  const email = addressOf("Anna");
  await caller.call(askToSignIn, { email, language: "en" });
  await coop.settle();
  await caller.call(openSession, { email, code: codeFor(coop, email) });
  return caller;
}

test("signing out here leaves the other devices, signing out everywhere leaves none", async (t) => {
  const { coop, anna } = await house(t);
  const [phone, desk] = [await again(coop), await again(coop)];
  t.equal((await phone.call(closeSession, {})).status, 200);
  t.same((await phone.call(readMe, {})).body, {});
  for (const still of [anna, desk]) t.match((await still.call(readMe, {})).body, { person: { name: "Anna" } });
  const eve = await signedUp(coop, "Eve");
  t.equal((await desk.call(closeSessions, {})).status, 200);
  for (const gone of [anna, desk]) t.same((await gone.call(readMe, {})).body, {});
  t.match((await eve.call(readMe, {})).body, { person: { name: "Eve" } }, "nobody else's session ends");
  t.equal((await desk.call(closeSessions, {})).problem, "sign-in-first");
});

test("a cookie used after its session ended opens nothing, open sockets included", async (t) => {
  const { coop, anna } = await house(t);
  const cookie = await cookieOf(anna);
  const line = await knock(t, await listening(coop), { cookie, origin: coop.origin });
  if (typeof line === "number") throw new Error(`the line was refused: ${line}`);
  await (await again(coop)).call(closeSessions, {});
  const { body } = await coop.app.inject({ method: "GET", url: "/api/v1/me", headers: { cookie } });
  t.equal(body, "{}");
  t.equal(await line.closed(7_000), 1008, "the socket is closed within moments");
});

test("a session nobody uses ends by itself, and earlier for whoever holds a role", async (t) => {
  const { coop, anna } = await house(t);
  const board = coop.someone();
  const email = atelierCommun.founder.email;
  await board.call(askToSignIn, { email, language: "en" });
  await coop.settle();
  await board.call(openSession, { email, code: codeFor(coop, email) });
  const page = { "x-page-of": "person" };
  const asked = async (who: Caller, headers = {}) => (await who.raw({ method: "GET", url: readSession.path, headers })).body;
  coop.sleep(11 * hourMs);
  t.match(await asked(board), /Fanny/, "still there, and used again");
  coop.sleep(12 * hourMs - 1);
  t.match(await asked(board, { "x-by-itself": "yes" }), /Fanny/, "what a page asks by itself is answered");
  coop.sleep(1);
  t.equal(await asked(board), '{"left":true}', "but keeps no session alive");
  t.match(await asked(board, page), /session-ended/, "a page made for her does not turn into a visitor's");
  t.equal((await board.call(listPeople, {})).problem, "session-ended");
  t.match(await asked(anna), /Anna/, "who holds no role has longer");
  coop.sleep(14 * dayMs - 1);
  t.match(await asked(anna), /Anna/);
  coop.sleep(14 * dayMs);
  t.equal(await asked(anna), '{"left":true}');
  t.equal((await anna.call(closeSessions, {})).problem, "session-ended");
});

test("a session ends by itself after thirty days, however it is used", async (t) => {
  const { coop, anna } = await house(t);
  coop.wait(30 * dayMs - 1);
  t.match((await anna.call(readMe, {})).body, { person: { name: "Anna" } });
  coop.wait(1);
  t.same((await anna.call(readMe, {})).body, {});
});

test("a cookie somebody planted is never made a session of", async (t) => {
  const { coop, anna } = await house(t);
  const key = await withPasskey(coop, anna);
  const question = JSON.parse(
    (
      await coop.app.inject({
        method: "POST",
        url: askForPasskey.path,
        headers: { "content-type": "application/json", "idempotency-key": "q" },
        payload: "{}",
      })
    ).body,
  ) as Parameters<typeof key.sign>[0];
  const answer = await coop.app.inject({
    method: "POST",
    url: openSessionByPasskey.path,
    headers: { "content-type": "application/json", "idempotency-key": "planted", cookie: "session-4100=planted" },
    payload: JSON.stringify(key.sign(question)),
  });
  t.equal(answer.statusCode, 201);
  const given = answer.cookies.find(({ name }) => name === "session-4100");
  t.not(given?.value, "planted");
  t.ok(Buffer.from(given?.value ?? "", "base64url").length >= 16, "128 bits or more");
  t.notOk(answer.body.includes(given?.value ?? "?"), "the secret stands in the cookie alone");
  const { body } = await coop.app.inject({ method: "GET", url: "/api/v1/me", headers: { cookie: "session-4100=planted" } });
  t.equal(body, "{}");
});

test("the cookie says everything a careful browser wants to hear", async (t) => {
  const { coop, anna } = await house(t, "https://coop.example");
  const key = await withPasskey(coop, anna);
  const someone = coop.someone();
  const { body, headers: none } = await someone.call(askForPasskey, {});
  t.equal(none["set-cookie"], undefined, "no cookie before anyone signs in");
  t.equal(body.rpId, "coop.example", "the passkey is bound to the coop's own host");
  const { headers } = await someone.call(openSessionByPasskey, key.sign(body));
  t.match(String(headers["set-cookie"]), /^__Host-session=[\w-]{43}; Max-Age=2592000; Path=\/; HttpOnly; Secure; SameSite=Lax$/);
  const left = await someone.call(closeSession, {});
  t.match(String(left.headers["set-cookie"]), /^__Host-session=; Max-Age=0; Path=\//);
  t.equal(left.headers["clear-site-data"], '"cache", "storage"');
});

test("one address tries a sign-in so often a minute, whatever it says about itself", async (t) => {
  const { coop } = await house(t);
  const knockAs = async (forwarded: string) =>
    (
      await coop.app.inject({
        method: "POST",
        url: askForPasskey.path,
        headers: { "content-type": "application/json", "idempotency-key": forwarded, "x-forwarded-for": forwarded },
        payload: "{}",
      })
    ).statusCode;
  const most = askForPasskey.perMinute ?? 0;
  const answers: number[] = [];
  for (let at = 0; at < most + 5; at += 1) answers.push(await knockAs(`203.0.113.${at}`));
  t.equal(answers.filter((status) => status === 201).length, most);
  t.equal(answers.filter((status) => status === 429).length, 5);
});
