// A passkey opens the door and signs only for its own person, at this coop's own address, once for each question.
import { test, type Test } from "tap";
import { askToSignIn, closeSession, openSession, readMe } from "@partcommune/shared/membership/api";
import {
  addPasskey,
  askForPasskey,
  askToAddPasskey,
  listPasskeys,
  openSessionByPasskey,
  removePasskey,
} from "@partcommune/shared/membership/api/passkeys";
import { mostPasskeys, objectionToCounter } from "@partcommune/shared/membership/rules";
import { askToProve, prove as proveByPasskey } from "@partcommune/shared/platform/api/proof";
import { newAuthenticator, prove, withPasskey, type Assertion, type Bent } from "../support/authenticator.ts";
import { openCoop, type Caller, type TestCoop } from "../support/coop.ts";
import { addressOf, codeFor, founder, signedUp } from "../support/people.ts";

const minute = 60_000;

async function house(t: Test): Promise<{ readonly coop: TestCoop; readonly anna: Caller }> {
  const coop = await openCoop(t);
  await founder(coop);
  return { coop, anna: await signedUp(coop, "Anna") };
}

test("a counter only counts forward", (t) => {
  const rows = [
    [0n, 0n, "-"],
    [0n, 1n, "-"],
    [7n, 8n, "-"],
    [7n, 7n, "passkey-copied"],
    [7n, 6n, "passkey-copied"],
    [7n, 0n, "passkey-copied"],
  ] as const;
  for (const [kept, told, refusal] of rows) t.equal(objectionToCounter(kept, told)?.type ?? "-", refusal, `${kept} ${told}`);
  t.end();
});

test("a passkey signs in without an address", async (t) => {
  const { coop, anna } = await house(t);
  const key = await withPasskey(coop, anna);
  await anna.call(closeSession, {});
  const again = coop.someone();
  const question = await again.call(askForPasskey, {});
  t.same([question.body.rpId, question.body.userVerification, question.body.allowCredentials], ["localhost", "required", undefined]);
  t.equal((await again.call(openSessionByPasskey, key.sign(question.body))).status, 201);
  t.match((await again.call(readMe, {})).body, { person: { name: "Anna" } });
  const { items } = (await again.call(listPasskeys, {})).body;
  t.match(items, [{ addedAt: coop.now(), usedAt: coop.now() }]);
  await coop.settle();
  t.match(coop.mails.at(-1), { to: addressOf("Anna"), subject: "A passkey was added for Atelier Commun" }, "its person is told");
});

test("what a passkey answers is taken exactly as asked, or not at all", async (t) => {
  const { coop, anna } = await house(t);
  const key = await withPasskey(coop, anna);
  const bents: readonly (readonly [string, Bent, string])[] = [
    ["another origin", { origin: "https://evil.example" }, "passkey-wrong"],
    ["our name in another zone", { origin: "http://localhost.evil.example:4100" }, "passkey-wrong"],
    ["another port", { origin: "http://localhost:4101" }, "passkey-wrong"],
    ["another host", { rpId: "evil.example" }, "passkey-wrong"],
    ["a challenge nobody asked", { challenge: Buffer.alloc(32, 1).toString("base64url") }, "question-spent"],
    ["the other ceremony", { type: "webauthn.create" }, "passkey-wrong"],
    ["a person not verified", { verified: false }, "passkey-wrong"],
    ["a person not there", { present: false }, "passkey-wrong"],
    ["another person's name", { userHandle: Buffer.alloc(16, 9).toString("base64url") }, "passkey-wrong"],
  ];
  for (const [says, bent, refusal] of bents) {
    const someone = coop.someone();
    const question = (await someone.call(askForPasskey, {})).body;
    t.equal((await someone.call(openSessionByPasskey, key.sign(question, bent))).problem, refusal, `sign-in: ${says}`);
    t.same((await someone.call(readMe, {})).body, {}, "nobody is signed in");
    const asked = (await anna.call(askToProve, {})).body;
    t.equal((await anna.call(proveByPasskey, key.sign(asked, bent))).problem, refusal, `proof: ${says}`);
  }
  const someone = coop.someone();
  const whole = key.sign((await someone.call(askForPasskey, {})).body);
  const broken: readonly Assertion[] = [
    { ...whole, signature: key.sign((await someone.call(askForPasskey, {})).body).signature },
    { ...whole, signature: "AAAA" },
    { ...whole, authenticatorData: "AAAA" },
    { ...whole, id: newAuthenticator(coop.origin).id },
  ];
  for (const answer of broken) t.equal((await someone.call(openSessionByPasskey, answer)).problem, "passkey-wrong");
  for (const clientData of ["AAAA", Buffer.from("null").toString("base64url"), Buffer.from("[]").toString("base64url")])
    t.equal((await someone.call(openSessionByPasskey, { ...whole, clientData })).problem, "question-spent");
  t.equal((await someone.call(openSessionByPasskey, whole)).status, 201, "the answer itself is good");
});

test("a question is answered once, within five minutes, for what it was asked", async (t) => {
  const { coop, anna } = await house(t);
  const key = await withPasskey(coop, anna);
  const question = (await coop.someone().call(askForPasskey, {})).body;
  const answer = key.sign(question);
  const tries = await Promise.all(Array.from({ length: 50 }, () => coop.someone().call(openSessionByPasskey, answer)));
  t.equal(tries.filter(({ status }) => status === 201).length, 1, "of fifty at once one gets in");
  t.equal(tries.filter(({ problem }) => problem === "question-spent").length, 49);
  const late = (await coop.someone().call(askForPasskey, {})).body;
  coop.wait(5 * minute);
  t.equal((await coop.someone().call(openSessionByPasskey, key.sign(late))).problem, "question-spent", "five minutes are late");
  const toProve = (await anna.call(askToProve, {})).body;
  t.equal((await coop.someone().call(openSessionByPasskey, key.sign(toProve))).problem, "question-spent", "a proof is no sign-in");
  const toSignIn = (await anna.call(askForPasskey, {})).body;
  t.equal((await anna.call(proveByPasskey, key.sign(toSignIn))).problem, "question-spent", "a sign-in is no proof");
  const { count } = await coop.db
    .selectFrom("membership.challenge")
    .select(({ fn }) => fn.countAll<bigint>().as("count"))
    .where("expires_at", "<", coop.now())
    .executeTakeFirstOrThrow();
  t.equal(count, 0n, "what nobody can answer any more is cleared away");
});

test("a counter that goes back is the mark of a copy", async (t) => {
  const { coop, anna } = await house(t);
  const key = await withPasskey(coop, anna);
  const enter = async (counter: number) => {
    const someone = coop.someone();
    return someone.call(openSessionByPasskey, key.sign((await someone.call(askForPasskey, {})).body, { counter }));
  };
  t.equal((await enter(7)).status, 201);
  t.equal((await enter(7)).problem, "passkey-copied");
  t.equal((await enter(6)).problem, "passkey-copied");
  t.equal((await enter(0)).problem, "passkey-copied");
  t.equal((await enter(8)).status, 201);
});

test("another account's passkey proves nothing here, and cannot be taken over", async (t) => {
  const { coop, anna } = await house(t);
  await withPasskey(coop, anna);
  const eve = await signedUp(coop, "Eve");
  t.equal((await eve.call(askToProve, {})).problem, "no-passkey");
  const key = await withPasskey(coop, eve);
  const forAnna = (await anna.call(askToProve, {})).body;
  t.equal((await anna.call(proveByPasskey, key.sign(forAnna))).problem, "passkey-wrong", "Eve's key in Anna's session");
  t.equal((await eve.call(proveByPasskey, key.sign(forAnna))).problem, "question-spent", "Anna's question in Eve's session");
  await prove(coop, eve);
  const otto = await signedUp(coop, "Otto");
  const question = (await otto.call(askToAddPasskey, {})).body;
  t.equal((await otto.call(addPasskey, key.create(question))).problem, "passkey-held");
  t.equal((await eve.call(addPasskey, newAuthenticator(coop.origin).create(question))).problem, "question-spent", "Otto's question");
});

test("a new passkey is taken exactly as asked, or not at all", async (t) => {
  const { coop, anna } = await house(t);
  const bents: readonly (readonly [string, Bent, string])[] = [
    ["another origin", { origin: "https://evil.example" }, "passkey-wrong"],
    ["another host", { rpId: "evil.example" }, "passkey-wrong"],
    ["a challenge nobody asked", { challenge: Buffer.alloc(32, 1).toString("base64url") }, "question-spent"],
    ["the other ceremony", { type: "webauthn.get" }, "passkey-wrong"],
    ["a person not verified", { verified: false }, "passkey-wrong"],
  ];
  for (const [says, bent, refusal] of bents) {
    const question = (await anna.call(askToAddPasskey, {})).body;
    t.equal((await anna.call(addPasskey, newAuthenticator(coop.origin).create(question, bent))).problem, refusal, says);
  }
  const question = (await anna.call(askToAddPasskey, {})).body;
  const created = newAuthenticator(coop.origin).create(question);
  t.equal((await anna.call(addPasskey, { ...created, id: newAuthenticator(coop.origin).id })).problem, "passkey-wrong", "another id");
  t.equal((await anna.call(addPasskey, { ...created, attestation: "AAAA" })).problem, "passkey-wrong");
  coop.wait(5 * minute);
  t.equal((await anna.call(addPasskey, created)).problem, "question-spent", "five minutes are late");
  t.same((await anna.call(listPasskeys, {})).body, { items: [] });
  const visitor = coop.someone();
  for (const endpoint of [askToAddPasskey, askToProve, listPasskeys] as const)
    t.equal((await visitor.call(endpoint, {})).problem, "sign-in-first");
});

test("the first passkey needs no proof, each further one and each removal does", async (t) => {
  const { coop, anna } = await house(t);
  const first = await withPasskey(coop, anna);
  t.equal((await anna.call(askToAddPasskey, {})).problem, "proof-needed", "a mailed code is no proof");
  const [{ id } = { id: "" }] = (await anna.call(listPasskeys, {})).body.items;
  t.equal((await anna.call(removePasskey, { passkey: id })).problem, "proof-needed");
  await prove(coop, anna);
  coop.wait(5 * minute);
  t.equal((await anna.call(removePasskey, { passkey: id })).problem, "proof-needed", "a proof is fresh for five minutes");
  await prove(coop, anna);
  coop.wait(5 * minute - 1);
  await withPasskey(coop, anna);
  const eve = await signedUp(coop, "Eve");
  await prove(coop, eve);
  t.equal((await eve.call(removePasskey, { passkey: id })).problem, "not-found", "another's passkey does not exist");
  const removals = await Promise.all(Array.from({ length: 12 }, () => anna.call(removePasskey, { passkey: id })));
  t.equal(removals.filter(({ status }) => status === 200).length, 1, "removed once");
  t.equal(removals.filter(({ problem }) => problem === "not-found").length, 11);
  const someone = coop.someone();
  const question = (await someone.call(askForPasskey, {})).body;
  t.equal((await someone.call(openSessionByPasskey, first.sign(question))).problem, "passkey-wrong", "it opens nothing any more");
});

test("of many first passkeys at once one is added, and there is a most", async (t) => {
  const { coop, anna } = await house(t);
  const questions = await Promise.all(Array.from({ length: 5 }, async () => (await anna.call(askToAddPasskey, {})).body));
  const key = newAuthenticator(coop.origin);
  const added = await Promise.all(
    questions.map((question, at) => anna.call(addPasskey, (at === 0 ? key : newAuthenticator(coop.origin)).create(question))),
  );
  t.equal(added.filter(({ status }) => status === 201).length, 1, "the others see that there is one, and need a proof");
  t.equal(added.filter(({ problem }) => problem === "proof-needed").length, 4);
  const ben = await signedUp(coop, "Ben");
  await prove(coop, ben);
  for (let count = 1; count < mostPasskeys; count += 1) await withPasskey(coop, ben);
  t.equal((await ben.call(askToAddPasskey, {})).problem, "passkeys-enough");
});

test("a proof belongs to its session: a mailed code is none, a sign-in by passkey is one", async (t) => {
  const { coop, anna } = await house(t);
  const key = await withPasskey(coop, anna);
  await prove(coop, anna);
  const email = addressOf("Anna");
  const byCode = coop.someone();
  await byCode.call(askToSignIn, { email, language: "en" });
  await coop.settle();
  await byCode.call(openSession, { email, code: codeFor(coop, email) });
  t.equal((await byCode.call(askToAddPasskey, {})).problem, "proof-needed", "the other session's proof does not count");
  const byKey = coop.someone();
  await byKey.call(openSessionByPasskey, key.sign((await byKey.call(askForPasskey, {})).body));
  t.equal((await byKey.call(askToAddPasskey, {})).status, 201);
  coop.wait(5 * minute);
  t.equal((await byKey.call(askToAddPasskey, {})).problem, "proof-needed");
});

test("signing in again ends the session this browser had", async (t) => {
  const { coop, anna } = await house(t);
  const key = await withPasskey(coop, anna);
  const before = await coop.db.selectFrom("membership.session").select("id").where("ended_at", "is", null).execute();
  await anna.call(openSessionByPasskey, key.sign((await anna.call(askForPasskey, {})).body));
  const after = await coop.db.selectFrom("membership.session").select("id").where("ended_at", "is", null).execute();
  t.equal(after.length, before.length, "one ended, one opened");
  t.match((await anna.call(readMe, {})).body, { person: { name: "Anna" } });
});
