// A person is whoever reads the letters to an address; a code opens the door once, and nobody learns who is known here.
import { test } from "tap";
import { askToSignIn, askToSignUp, closeSession, openSession, readMe } from "@partcommune/shared/membership/api";
import { codeAlphabet, codeFrom, codeLength, objectionToCode } from "@partcommune/shared/membership/rules";
import { readSession } from "@partcommune/shared/platform/api";
import { instant } from "@partcommune/shared/platform/time";
import { openCoop } from "../support/coop.ts";
import { addressOf, codeFor, founder, signedUp } from "../support/people.ts";

const minute = 60_000;

test("a code opens only while it is fresh and unused", (t) => {
  const now = instant("2026-12-01T09:00:00Z");
  const rows = [
    [undefined, "code-wrong"],
    [{ expiresAt: instant("2026-12-01T09:00:00.001Z"), usedAt: null }, "-"],
    [{ expiresAt: now, usedAt: null }, "code-wrong"],
    [{ expiresAt: instant("2026-12-01T09:10:00Z"), usedAt: now }, "code-wrong"],
  ] as const;
  for (const [code, refusal] of rows) t.equal(objectionToCode(code, now)?.type ?? "-", refusal);
  t.end();
});

test("every letter of a code is equally likely", (t) => {
  t.equal(codeFrom(Uint8Array.from({ length: 32 }, (_, at) => at)).length, codeLength);
  const all = Array.from({ length: 232 }, (_, byte) => codeFrom(Uint8Array.from({ length: codeLength }, () => byte))[0]);
  t.same(new Set(all.map((letter) => all.filter((other) => other === letter).length)), new Set([8]), "8 of 232 bytes each");
  t.same([...new Set(all)].join(""), codeAlphabet);
  t.end();
});

test("signing up, signing out, signing in again", async (t) => {
  const coop = await openCoop(t);
  await founder(coop);
  const anna = await signedUp(coop, "Anna Arnaud");
  t.match((await anna.call(readMe, {})).body, {
    person: { name: "Anna Arnaud", email: "anna.arnaud@people.example", roles: [], buysFor: [] },
  });
  t.equal((await anna.call(closeSession, {})).status, 200);
  t.same((await anna.call(readSession, {})).body, {}, "signed out");
  coop.wait(20 * minute);
  const email = addressOf("Anna Arnaud");
  const again = coop.someone();
  await again.call(askToSignIn, { email, language: "en" });
  await coop.settle();
  t.equal((await again.call(openSession, { email, code: codeFor(coop, email).toLowerCase() })).status, 201);
  t.match((await again.call(readSession, {})).body, { person: { name: "Anna Arnaud" } });
});

test("a code is used once, dies after 15 minutes, and belongs to one address", async (t) => {
  const coop = await openCoop(t);
  await founder(coop);
  const email = addressOf("Anna");
  const someone = coop.someone();
  await someone.call(askToSignUp, { name: "Anna", email, language: "fr" });
  await coop.settle();
  const code = codeFor(coop, email);
  t.match(coop.mails.at(-1)?.subject, "Votre code pour Atelier Commun");
  t.equal((await coop.someone().call(openSession, { email: "eve@people.example", code })).problem, "code-wrong");
  t.equal((await coop.someone().call(openSession, { email, code: "22222 22222" })).problem, "code-wrong");
  const uses = await Promise.all(Array.from({ length: 12 }, () => coop.someone().call(openSession, { email, code })));
  t.equal(uses.filter(({ status }) => status === 201).length, 1, "of twelve at once one gets in");
  t.equal(uses.filter(({ problem }) => problem === "code-wrong").length, 11);
  await someone.call(askToSignIn, { email, language: "fr" });
  await coop.settle();
  coop.wait(15 * minute);
  t.equal((await someone.call(openSession, { email, code: codeFor(coop, email) })).problem, "code-wrong");
});

test("nobody learns who is known, and nobody's post is flooded", async (t) => {
  const coop = await openCoop(t);
  await founder(coop);
  await signedUp(coop, "Anna");
  const before = coop.mails.length;
  const asked = async (email: string) => {
    const { status, text } = await coop.someone().call(askToSignIn, { email, language: "en" });
    return `${status} ${text}`;
  };
  t.equal(await asked(addressOf("Anna")), await asked("nobody@people.example"));
  await coop.settle();
  t.equal(coop.mails.length, before + 1, "only the known address got a letter");
  await asked(addressOf("Anna"));
  t.match(await asked(addressOf("Anna")), /^429 /);
  const rows = await coop.db.selectFrom("platform.letter").select("params").where("sent_at", "is not", null).execute();
  t.ok(rows.length > 0 && rows.every(({ params }) => JSON.stringify(params) === "{}"), "a letter that left is forgotten");
});

test("a stranger's cookie, an ended session and a foreign page open nothing", async (t) => {
  const coop = await openCoop(t);
  await founder(coop);
  const anna = await signedUp(coop, "Anna");
  const json = { "content-type": "application/json", "idempotency-key": "k" };
  const cases = [
    ["foreign-origin", { ...json, origin: "https://evil.example" }],
    ["foreign-origin", { ...json, origin: "null" }],
    ["foreign-origin", { ...json, "sec-fetch-site": "cross-site" }],
    ["key-missing", { "content-type": "application/json" }],
    ["key-missing", { ...json, "idempotency-key": "" }],
    ["key-missing", { ...json, "idempotency-key": "x".repeat(256) }],
    ["wrong-type", { ...json, "content-type": "text/plain" }],
    ["wrong-type", { ...json, "content-type": "application/x-www-form-urlencoded" }],
  ] as const;
  for (const [problem, headers] of cases) {
    const answer = await anna.raw({
      method: "POST",
      url: "/api/v1/members",
      headers: { ...headers },
      payload: '{"status":"invoiced","trade":"x"}',
    });
    t.equal((JSON.parse(answer.body) as { title: string }).title, problem, JSON.stringify(headers).slice(0, 90));
  }
  const stranger = await coop.app.inject({ method: "GET", url: "/api/v1/sessions/current", headers: { cookie: "session-4100=guessed" } });
  t.equal(stranger.body, "{}");
});
