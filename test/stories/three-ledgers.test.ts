// Three coops do each other's work, set off what they owe, and pay it; at the end three books are printed. The same tale in bad weather ends in the same books.
import { join } from "node:path";
import { test, type Test } from "tap";
import { keepLedger } from "../support/ledger.ts";
import { backAtItsAddress, settled } from "../support/sisters.ts";
import { openThree, type Three, type Weather } from "./three-houses.ts";
import { agreed, worked, type Between, type Work } from "./three-jobs.ts";
import { clientPays, keptWith, membersArePaid, mirrors, settledBy, threeLedgers } from "./three-moneys.ts";

const worksOf = ({ brussels, lille, berlin }: Three): readonly Work[] => [
  { host: brussels, home: lille, title: "A manual in two languages", price: "2000.00" },
  { host: lille, home: brussels, title: "A poster for the market", price: "1000.00" },
  { host: berlin, home: lille, title: "Panels for the museum", price: "1200.00" },
];

/** Every account of a pair, where something stands on it: one figure, as both read it. */
async function agree(t: Test, three: Three, expected: Readonly<Record<string, bigint>>): Promise<void> {
  const seen = await mirrors(three);
  for (const [what, ours, theirs] of seen) t.equal(ours, theirs, what);
  t.same(Object.fromEntries(seen.flatMap(([what, ours]) => (ours === 0n ? [] : [[what, ours]]))), expected);
}

async function told(t: Test, weather: Weather, between?: (three: Three) => Between): Promise<Three> {
  const three = await openThree(t, weather);
  const { brussels, lille, berlin, goTo, arrived } = three;
  const works = worksOf(three);
  await agreed(three, works, between?.(three));
  await goTo("2026-12-28T09:00:00Z");
  await worked(three, works);
  const owed = { "La Filature owes Atelier Commun": 98_300n, "Werkhof Neun owes La Filature": 117_960n };
  await agree(t, three, { "Atelier Commun owes La Filature": 196_600n, ...owed });

  await goTo("2026-12-30T09:00:00Z");
  for (const house of three.all) await clientPays(house);
  for (const day of ["05", "06"]) await goTo(`2027-01-${day}T00:01:00Z`);
  await arrived();
  await agree(t, three, {
    "Atelier Commun settles with La Filature": 98_300n,
    "La Filature settles with Atelier Commun": -98_300n,
    "La Filature settles with Werkhof Neun": -117_960n,
    "Werkhof Neun settles with La Filature": 117_960n,
  });
  t.match((await keptWith(brussels, lille)).rounds, [{ name: "2026-12/EUR", state: "posted", net: { amount: "-983.00" } }]);

  await goTo("2027-01-06T09:00:00Z");
  await settledBy(brussels, lille);
  await settledBy(berlin, lille);
  for (const house of [lille, brussels]) await membersArePaid(house);
  await arrived();
  await agree(t, three, {});
  keepLedger(t, join(import.meta.dirname, "three-ledgers.ledger.txt"), await threeLedgers(three));
  return three;
}

test("three coops, three ledgers", async (t) => {
  await told(t, "fair");
});

test("every message comes twice, half of them late, and Lille is killed between the acceptance and the countersignature: the same three ledgers", async (t) => {
  const { storm } = await told(t, "storm", ({ brussels, lille, berlin, arrived }) => {
    const others = [brussels.coop, berlin.coop];
    const killed = async (): Promise<void> => {
      await lille.coop.die();
      await settled(...others);
      await backAtItsAddress(lille.coop);
      await arrived();
    };
    // What is accepted has just come to her door; what is countersigned has not left it.
    return { accepted: async () => (await settled(...others), await killed()), countersigned: killed };
  });
  const { doubled, late } = storm.counted();
  t.ok(doubled > 30 && late > 15, `${doubled} came twice, ${late} late`);
});
