// What of a budget comes into the hand: France by its own model, to the cent and never waited for; elsewhere nothing is invented.
import { test } from "tap";
import { readPayEstimate } from "@partcommune/shared/money/api/pay";
import { estimateFrom, whyUnestimated, type PayFacts, type Reckoned } from "@partcommune/shared/money/rules/pay-estimate";
import { amountText, moneyFrom } from "@partcommune/shared/platform/money";
import type { Day } from "@partcommune/shared/platform/time";
import { openCoop, type Caller } from "../support/coop.ts";
import { lille } from "../support/founding.ts";
import { confirmedMember, founder } from "../support/people.ts";

const day = "2026-12-01" as Day;

/** What there has to be. */
function there<Thing>(thing: Thing | undefined): Thing {
  if (thing === undefined) throw new Error("there is no estimate");
  return thing;
}

const cost = (amount: string) => moneyFrom({ amount, currency: "EUR" });

test("who has an estimate: whoever is employed where a model is kept, from its first day, in its currency, and within reason", (t) => {
  const why = (wish: Partial<PayFacts>) => whyUnestimated({ country: "FR", status: "employee", cost: cost("1830.00"), day, ...wish });
  t.equal(why({}), undefined);
  t.equal(why({ status: "employed-entrepreneur" }), undefined);
  t.equal(why({ status: "invoiced" }), "status");
  t.equal(why({ country: "BE" }), "country");
  t.equal(why({ day: "2025-12-31" as Day }), "country");
  t.equal(why({ cost: moneyFrom({ amount: "1830.00", currency: "SEK" }) }), "country");
  for (const amount of ["0.00", "1000000.01"]) t.equal(why({ cost: cost(amount) }), "amount");
  t.end();
});

test("the parts are the whole: what a model leaves open is the employer's, and what its names leave open is other", (t) => {
  const buys = {
    health: 268.256,
    pension: 491.277,
    unemployment: 74.622,
    accidents: 36.521,
    family: 92.18,
    solidarity: 169.274,
    relief: -698.99,
  };
  const figures: Reckoned = { net: 1367.9592, employee: 387.8563, buys };
  const { gross, employee, employer, net, buys: bought } = there(estimateFrom(cost("1830.00"), figures, "a model"));
  t.same([net, employee, gross, employer].map(amountText), ["1367.96", "387.86", "1755.82", "74.18"]);
  const all = Object.values(bought).reduce((total, { minor }) => total + minor, 0n);
  t.equal(all, employee.minor + employer.minor);
  t.equal(amountText(bought.other), "28.90");
  t.equal(estimateFrom(cost("1755.81"), figures, "a model"), undefined, "the employer's part would be below nothing");
  t.equal(estimateFrom(cost("1830.00"), { ...figures, net: 0 }, "a model"), undefined, "nothing would come into the hand");
  t.end();
});

/** Asks until it is known; how often it was not. */
async function known(caller: Caller, amount: string) {
  for (let asked = 0; ; asked += 1) {
    const { body, text } = await caller.call(readPayEstimate, { amount });
    if (body.state !== "reckoning") return { asked, body };
    if (asked > 600) throw new Error(text);
    await new Promise((ready) => void setTimeout(ready, 50));
  }
}

test("at the door: the golden line to the cent, and never waited for", async (t) => {
  const coop = await openCoop(t);
  const board = await founder(coop, lille);
  const visitor = coop.someone();
  // An amount that no other test asks for: what a process knows it keeps, whichever file it tells next.
  const cold = await known(visitor, "1847.31");
  t.ok(cold.asked > 0, `a new answer was asked for ${cold.asked} times before it was there`);
  t.equal((await known(visitor, "1847.31")).asked, 0, "from then on it is there at once");
  const golden = [
    ["1830.00", "1755.82", "74.18", "387.86", "1367.96"],
    ["915.00", "868.21", "46.79", "202.88", "665.33"],
    ["2745.00", "2284.13", "460.87", "497.96", "1786.17"],
    ["4575.00", "3364.27", "1210.73", "723.06", "2641.21"],
  ] as const;
  for (const [whole, ...parts] of golden) {
    const { body } = await known(visitor, whole);
    const { gross, employer, employee, net, model, buys } = there(body.estimate);
    t.same(
      [gross, employer, employee, net].map(({ amount }) => amount),
      parts,
      whole,
    );
    t.equal(model, "modele-social 11.1.0");
    const bought = buys.reduce((total, { amount }) => total + moneyFrom(amount).minor, 0n);
    t.equal(bought, moneyFrom(employer).minor + moneyFrom(employee).minor, "what contributions buy is what is paid");
  }
  t.match((await known(visitor, "1.00")).body, { state: "none", because: "amount", country: "FR" }, "too little for the model");
  t.match((await visitor.call(readPayEstimate, { amount: "1830.0" })).body, { state: "none", because: "amount" });
  t.equal((await visitor.call(readPayEstimate, { amount: "1e3" })).status, 422);
  const { caller } = await confirmedMember(coop, board, "Anna");
  t.match(
    (await caller.call(readPayEstimate, { amount: "1830.00" })).body,
    { state: "none", because: "status" },
    "a business of their own",
  );
  t.match((await caller.call(readPayEstimate, { amount: "1830.00", status: "employee" })).body, { state: "known" });
});
