// Letters to one address are limited, exactly and also for many askers at once, without telling who is known.
import { test } from "tap";
import { askToSignIn } from "@partcommune/shared/membership/api";
import { codeMinutes } from "@partcommune/shared/membership/rules";
import { openCoop, type TestCoop } from "../support/coop.ts";
import { addressOf, founder, signedUp } from "../support/people.ts";

const statuses = async (coop: TestCoop, email: string): Promise<readonly number[]> => {
  const answers: number[] = [];
  for (let at = 0; at < 5; at += 1) answers.push((await coop.someone().call(askToSignIn, { email, language: "en" })).status);
  return answers;
};

test("the limit is the same for a known and an unknown address", async (t) => {
  const coop = await openCoop(t);
  await founder(coop);
  await signedUp(coop, "Marc");
  coop.wait(codeMinutes * 60_000 + 1);
  const known = await statuses(coop, addressOf("Marc"));
  t.same(known, [202, 202, 202, 429, 429]);
  t.same(await statuses(coop, "nobody@people.example"), known);
  await coop.settle();
  t.equal(coop.mails.filter(({ to }) => to === "nobody@people.example").length, 0, "no letter left for an unknown address");
});

test("fifteen askers at once cause three letters, and the person gets one again after fifteen minutes", async (t) => {
  const coop = await openCoop(t);
  await founder(coop);
  await signedUp(coop, "Marc");
  coop.wait(codeMinutes * 60_000 + 1);
  await coop.settle();
  const before = coop.mails.length;
  const email = addressOf("Marc");
  const answers = await Promise.all(Array.from({ length: 15 }, () => coop.someone().call(askToSignIn, { email, language: "en" })));
  t.equal(answers.filter(({ status }) => status === 202).length, 3);
  t.equal(answers.filter(({ problem }) => problem === "too-many-codes").length, 12);
  await coop.settle();
  t.equal(coop.mails.length - before, 3);
  coop.wait(codeMinutes * 60_000 + 1);
  t.equal((await coop.someone().call(askToSignIn, { email, language: "en" })).status, 202);
});
