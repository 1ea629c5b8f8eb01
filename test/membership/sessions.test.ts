// A session is one cookie in one browser: handed out only by signing in, gone everywhere once it is ended.
import { test, type Test } from "tap";
import { askToSignIn, closeSession, closeSessions, openSession, readMe } from "@partcommune/shared/membership/api";
import { askForPasskey, openSessionByPasskey } from "@partcommune/shared/membership/api/passkeys";
import { dayMs } from "@partcommune/shared/platform/time";
import { withPasskey } from "../support/authenticator.ts";
import { openCoop, type Caller, type TestCoop } from "../support/coop.ts";
import { cookieOf, knock, listening } from "../support/line.ts";
import { addressOf, codeFor, founder, signedUp } from "../support/people.ts";

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

test("a session ends by itself after thirty days", async (t) => {
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
