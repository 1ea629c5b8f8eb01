// Three coops do each other's work, set off what they owe, and pay it; at the end three books are printed. The same tale in bad weather ends in the same books.
import { join } from "node:path";
import { test, type Test } from "tap";
import { keepLedger } from "../support/ledger.ts";
import { listNotices } from "@partcommune/shared/platform/api/notices";
import { listEngagements, readJob, reopenJob } from "@partcommune/shared/marketplace/api";
import { readFund } from "@partcommune/shared/mutual/api";
import { told } from "../support/told.ts";
import { backAtItsAddress, settled } from "../support/sisters.ts";
import { openThree, type House, type Three, type Weather } from "./three-houses.ts";
import { accepted, agreed, bid, engagementOn, posted, signed, worked, type Between, type Work } from "./three-jobs.ts";
import { daysLater, givenUp, lossesAreShared, paidAfterAll } from "./three-losses.ts";
import { clientPays, keptWith, ledgersOf, membersArePaid, mirrors, settledBy } from "./three-moneys.ts";

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

/** Each sister of a house keeps the state of its book, it keeps theirs, and none of them was found to be rewritten. */
async function isWitnessed(t: Test, { coop }: House, by: number): Promise<void> {
  const { witnesses } = (await coop.someone().call(readFund, {})).body;
  const found = witnesses.map(({ ours, theirs }) => `${ours?.finding} ${theirs?.finding}`);
  t.same(
    found,
    Array.from({ length: by }, () => "extends extends"),
  );
}

async function tell(t: Test, weather: Weather, between?: (three: Three) => Between): Promise<Three> {
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
  for (const house of three.all) await isWitnessed(t, house, house === lille ? 2 : 1);
  keepLedger(t, join(import.meta.dirname, "three-ledgers.ledger.txt"), await ledgersOf(three.all));
  return three;
}

test("three coops, three ledgers; what a client never pays is borne as the treaty says, and a cent too much is no agreement", async (t) => {
  const three = await tell(t, "fair");
  await t.test("what is lost, and what of it comes in after all", (part) => losses(part, three));
  await t.test("a cent too much", (part) => oneCentOff(part, three));
});

/** Two jobs of an insolvent client of Brussels: the first was agreed while the host bore losses alone, the second after the two memberships had agreed to share them. */
async function losses(t: Test, three: Three): Promise<void> {
  const { brussels, lille, arrived } = three;
  const on = { bidsUntil: "2027-01-08", startOn: "2027-01-11", endOn: "2027-01-12" };
  const works = ["A catalogue", "A guide"].map((title): Work => ({ host: brussels, home: lille, title, price: "2000.00", on }));
  await agreed(three, works.slice(0, 1));
  await lossesAreShared(brussels, lille);
  await agreed(three, works.slice(1));
  await daysLater(three, "2027-01-12T09:00:00Z");
  await worked(three, works);
  await givenUp(brussels);
  await arrived();
  await agree(t, three, { "Atelier Commun owes La Filature": 233_200n });
  const [ours, theirs] = [await lastClaim(brussels, lille), await lastClaim(lille, brussels)];
  t.match(ours, { about: "loss", ours: false, ourWord: true, state: "accepted", due: { amount: "-1600.00" } });
  t.match(theirs, { about: "loss", ours: true, ourWord: false, state: "accepted", due: { amount: "-1600.00" } });
  await membersArePaid(lille);
  await daysLater(three, "2027-02-05T00:01:00Z");
  await settledBy(brussels, lille);

  await paidAfterAll(brussels, "605.00");
  await arrived();
  await agree(t, three, { "Atelier Commun owes La Filature": 40_000n });
  await daysLater(three, "2027-03-05T00:01:00Z");
  await settledBy(brussels, lille);
  await arrived();
  await agree(t, three, {});
  keepLedger(t, join(import.meta.dirname, "a-loss-across.ledger.txt"), await ledgersOf([brussels, lille]));
}

const lastClaim = async (house: House, sister: House) => (await keptWith(house, sister)).claims.find(({ about }) => about === "loss");

test("every message comes twice, half of them late, and Lille is killed between the acceptance and the countersignature: the same three ledgers", async (t) => {
  const { storm } = await tell(t, "storm", ({ brussels, lille, berlin, arrived }) => {
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

/** Brussels is one cent off: Lille refuses and says why, the job is open again, and what is then agreed holds. */
async function oneCentOff(t: Test, three: Three): Promise<void> {
  const { brussels, lille, arrived } = three;
  const on = { bidsUntil: "2027-03-08", startOn: "2027-03-09", endOn: "2027-03-10" };
  const manual: Work = { host: brussels, home: lille, title: "A second manual", price: "2000.00", on };
  const job = await posted(manual);
  await arrived();
  await bid(three, manual);
  await arrived();
  await accepted(manual, job);
  await oneCentMore(brussels);
  await signed(brussels.buyer, manual.title);
  await arrived();
  const about = (await told(lille.worker, listEngagements, {})).items.filter(({ title }) => title === manual.title);
  t.same(about, [], "nobody in Lille is bound by it");
  const why = "The agreement says 1830.01 EUR, where the treaty and the fee of the member's coop come to 1830.00 EUR.";
  t.match(await engagementOn(brussels.buyer, manual.title), { state: "lapsed", cancelledBecause: why });
  const kinds = (await told(lille.worker, listNotices, {})).items.filter(({ kind }) => kind === "agreementTurnedAway");
  t.match(
    kinds,
    [{ place: "job", values: { coop: "Atelier Commun", title: manual.title, because: why } }],
    "her member hears it too, and what it means",
  );
  for (const [reader, place] of [
    [brussels.buyer, "engagement"],
    [brussels.board, "sister"],
  ] as const) {
    const { items } = await told(reader, listNotices, {});
    const [notice] = items.filter(({ kind }) => kind === "agreementRefused");
    t.match(notice, { place, values: { coop: "La Filature", title: manual.title, because: why } });
  }

  await told(brussels.buyer, reopenJob, { job, bidsUntil: on.bidsUntil });
  t.equal((await told(brussels.buyer, readJob, { job })).state, "open");
  await arrived();
  await bid(three, manual);
  await arrived();
  await accepted(manual, job);
  await signed(brussels.buyer, manual.title);
  await arrived();
  await signed(lille.worker, manual.title);
  await arrived();
  for (const side of [brussels.buyer, lille.worker]) t.equal((await engagementOn(side, manual.title)).state, "covered");
}

/** What Brussels is about to say of the member's part. */
const oneCentMore = ({ coop }: House): Promise<unknown> =>
  coop.db
    .updateTable("marketplace.engagement_elsewhere")
    .set(({ fn, val }) => ({
      agreement: fn("jsonb_set", ["agreement", val("{pc:split,pc:member}"), val(JSON.stringify("1830.01"))]) as never,
    }))
    .execute();
