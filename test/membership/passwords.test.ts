// A password opens the door where the coop wants that, is guessed by nobody, and changes nothing about how the door opens.
import { createHash } from "node:crypto";
import { test, type Test } from "tap";
import { foundCoop } from "@partcommune/shared/governance/api";
import { askToSignIn, openSession, readMe } from "@partcommune/shared/membership/api";
import { askToAddPasskey } from "@partcommune/shared/membership/api/passkeys";
import { openSessionByPassword, removePassword, setPassword } from "@partcommune/shared/membership/api/passwords";
import { objectionToPassword, triesAtOnce, tryMinutes } from "@partcommune/shared/membership/rules";
import { prove, withPasskey } from "../support/authenticator.ts";
import { openCoop, type Caller, type TestCoop } from "../support/coop.ts";
import { atelierCommun } from "../support/founding.ts";
import { addressOf, codeFor, founder, signedUp } from "../support/people.ts";

const email = addressOf("Anna Arnaud");
const password = "quatre moulins sous la pluie";
const another = "cinq bateaux dans un bocal";

async function house(t: Test): Promise<{ readonly coop: TestCoop; readonly anna: Caller }> {
  const coop = await openCoop(t);
  await coop.someone().call(foundCoop, { ...atelierCommun, passwords: true });
  return { coop, anna: await signedUp(coop, "Anna Arnaud") };
}

const enter = async (coop: TestCoop, typed: string, as = email) => {
  const caller = coop.someone();
  return { caller, ...(await caller.call(openSessionByPassword, { email: as, password: typed })) };
};

test("a password that others could guess is refused", (t) => {
  const names = ["Anna Arnaud", email, "Atelier Commun"];
  const rows = [
    [password, "-"],
    ["aaaaaaaaaaaaaaaa", "password-guessable"],
    ["abababababababab", "password-guessable"],
    ["ich bin ARNAUD 42", "password-guessable"],
    ["mon atelier favori", "password-guessable"],
    ["people and horses", "password-guessable"],
  ] as const;
  for (const [said, refusal] of rows) t.equal(objectionToPassword(said, names)?.type ?? "-", refusal, said);
  t.end();
});

test("a coop without passwords has none", async (t) => {
  const coop = await openCoop(t);
  const board = await founder(coop);
  t.equal((await board.call(setPassword, { password })).problem, "passwords-off");
  t.equal((await enter(coop, password, atelierCommun.founder.email)).problem, "passwords-off");
});

test("a password opens the door, and the old one no longer does", async (t) => {
  const { coop, anna } = await house(t);
  t.equal((await anna.call(setPassword, { password: "short" })).problem, "not-as-asked");
  t.equal((await anna.call(setPassword, { password: "Anna Arnaud 1234" })).problem, "password-guessable");
  t.equal((await enter(coop, password)).problem, "password-wrong", "none is set yet");
  t.equal((await anna.call(setPassword, { password })).status, 200);
  const { caller, status } = await enter(coop, password);
  t.equal(status, 201);
  t.match((await caller.call(readMe, {})).body, { person: { name: "Anna Arnaud", password: true } });
  t.equal((await anna.call(setPassword, { password: another })).status, 200);
  t.same((await caller.call(readMe, {})).body, {}, "changing it ended the other session");
  t.match((await anna.call(readMe, {})).body, { person: { name: "Anna Arnaud" } }, "and not one's own");
  t.equal((await enter(coop, password)).problem, "password-wrong");
  await coop.settle();
  t.match(coop.mails.at(-1), { to: email, subject: "Your password for Atelier Commun" });
  t.equal((await anna.call(removePassword, {})).status, 200);
  t.equal((await anna.call(removePassword, {})).problem, "not-found");
  t.equal((await enter(coop, another)).problem, "password-wrong");
  for (const endpoint of [setPassword, removePassword] as const)
    t.equal((await coop.someone().call(endpoint, { password })).problem, "sign-in-first");
});

test("a session by password changes nothing about how the door opens", async (t) => {
  const { coop, anna } = await house(t);
  await anna.call(setPassword, { password });
  const { caller } = await enter(coop, password);
  t.equal((await caller.call(setPassword, { password: another })).problem, "sign-in-by-code");
  t.equal((await caller.call(removePassword, {})).problem, "sign-in-by-code");
  t.equal((await caller.call(askToAddPasskey, {})).problem, "sign-in-by-code");
  await withPasskey(coop, anna);
  t.equal((await anna.call(setPassword, { password: another })).problem, "proof-needed");
  t.equal((await caller.call(setPassword, { password: another })).problem, "proof-needed");
  await prove(coop, anna);
  t.equal((await anna.call(setPassword, { password: another })).status, 200);
});

/** What a guesser hears, try after try of many at once. */
const guesses = async (coop: TestCoop, as: string): Promise<readonly string[]> =>
  (await Promise.all(Array.from({ length: triesAtOnce + 4 }, () => enter(coop, "wrong password", as))))
    .map(({ text }) => JSON.stringify({ ...(JSON.parse(text) as object), instance: "" }))
    .toSorted();

test("a guesser is stopped at ten tries, and the person still gets in", async (t) => {
  const { coop, anna } = await house(t);
  await anna.call(setPassword, { password });
  const known = await guesses(coop, email);
  t.equal(known.filter((answer) => answer.includes("too-many-tries")).length, 4, "of fourteen at once ten are looked at");
  t.equal((await enter(coop, password)).problem, "too-many-tries", "after that not even the right one");
  await coop.someone().call(askToSignIn, { email, language: "en" });
  await coop.settle();
  t.equal((await coop.someone().call(openSession, { email, code: codeFor(coop, email) })).status, 201, "a code opens all the while");
  coop.wait(tryMinutes * 60_000);
  t.equal((await enter(coop, password)).status, 201, "and the password after fifteen minutes");
});

test("a guesser does not learn who is known", async (t) => {
  const { coop, anna } = await house(t);
  const unknown = await guesses(coop, "nobody@people.example");
  t.equal(unknown.filter((answer) => answer.includes("too-many-tries")).length, 4);
  const other = await house(t);
  await other.anna.call(setPassword, { password });
  t.same(await guesses(other.coop, email), unknown, "word for word");
  t.match((await anna.call(readMe, {})).body, { person: { password: false } });
});

test("what the database keeps of a password says nothing about it", async (t) => {
  const { coop, anna } = await house(t);
  await anna.call(setPassword, { password });
  const otto = await signedUp(coop, "Otto Ohm");
  await otto.call(setPassword, { password });
  const rows = await coop.db.selectFrom("membership.password").select(["salt", "hash"]).execute();
  t.equal(new Set(rows.map(({ hash }) => hash.toString("hex"))).size, 2, "the same password is kept differently");
  const kept = await coop.db.selectFrom("platform.idempotency").select(["action", "answer", "fingerprint"]).execute();
  const plain = createHash("sha256")
    .update(JSON.stringify({ action: "PUT /api/v1/me/password", input: { password } }))
    .digest();
  t.notOk(
    kept.some(({ answer, fingerprint }) => answer.includes(password) || fingerprint.equals(plain)),
    "nor can it be guessed from the fingerprint of the act",
  );
});
