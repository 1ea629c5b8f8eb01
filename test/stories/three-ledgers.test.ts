// Three coops do each other's work, set off what they owe, and pay it; at the end three books are printed. The same tale in bad weather ends in the same books.
import { join } from "node:path";
import { test, type Test } from "tap";
import { keepLedger } from "../support/ledger.ts";
import { listNotices } from "@partcommune/shared/platform/api/notices";
import { listEngagements, readJob, reopenJob } from "@partcommune/shared/marketplace/api";
import { told } from "../support/members.ts";
import { backAtItsAddress, settled } from "../support/sisters.ts";
import { openThree, type House, type Three, type Weather } from "./three-houses.ts";
import { accepted, agreed, bid, dates, engagementOn, posted, signed, worked, type Between, type Work } from "./three-jobs.ts";
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
  keepLedger(t, join(import.meta.dirname, "three-ledgers.ledger.txt"), await threeLedgers(three));
  return three;
}

test("three coops, three ledgers", async (t) => {
  await tell(t, "fair");
});

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

test("Brussels is one cent off: Lille refuses and says why, the job is open again, and what is then agreed holds", async (t) => {
  const three = await openThree(t, "fair");
  const { brussels, lille, arrived } = three;
  const [manual] = worksOf(three);
  if (!manual) return;
  const job = await posted(manual);
  await arrived();
  await bid(three, manual);
  await arrived();
  await accepted(manual, job);
  await oneCentMore(brussels);
  await signed(brussels.buyer, manual.title);
  await arrived();
  t.same((await told(lille.worker, listEngagements, {})).items, [], "nobody in Lille is bound by it");
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

  await told(brussels.buyer, reopenJob, { job, bidsUntil: dates.bidsUntil });
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
});

/** What Brussels is about to say of the member's part. */
const oneCentMore = ({ coop }: House): Promise<unknown> =>
  coop.db
    .updateTable("marketplace.engagement_elsewhere")
    .set(({ fn, val }) => ({
      agreement: fn("jsonb_set", ["agreement", val("{pc:split,pc:member}"), val(JSON.stringify("1830.01"))]) as never,
    }))
    .execute();
