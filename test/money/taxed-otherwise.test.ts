// What the law of the coop's country taxes less than other work: said when it is posted, signed by both, looked at by an adviser, and invoiced so.
import { test } from "tap";
import {
  approveHandIn,
  changeJob,
  coverEngagement,
  handIn,
  postJob,
  readEngagement,
  readJob,
  startEngagement,
} from "@partcommune/shared/marketplace/api";
import { listServices, readInvoice, readVat } from "@partcommune/shared/money/api";
import type { InvoicePaper } from "@partcommune/shared/money/rules/invoice";
import { eInvoiceOf } from "@partcommune/shared/money/rules/paper-e-invoice";
import { serviceRows } from "@partcommune/shared/platform/packs";
import { vatTreatment, type VatTreatment } from "@partcommune/shared/money/rules/vat";
import type { Day } from "@partcommune/shared/platform/time";
import { openCoop } from "../support/coop.ts";
import { agreed } from "../support/engagements.ts";
import { posterJob } from "../support/jobs.ts";
import { clientOwner, confirmedMember, founder, withRole } from "../support/people.ts";
import { openSister } from "../support/sisters.ts";
import { call } from "../support/stranger.ts";

const rights = "Arrêté royal n° 20 du 20 juillet 1970, tableau A, XXIX";
const eur = (amount: string) => ({ amount, currency: "EUR" });

test("which VAT a service bears that the law taxes otherwise", (t) => {
  const today = "2026-12-01" as Day;
  const rows: readonly (readonly [string, string, Parameters<typeof vatTreatment>[3], VatTreatment])[] = [
    ["BE", "BE", "authorsRights", { category: "standard", rate: 60_000n, mention: rights }],
    ["BE", "BE", "training", { category: "standard", rate: 210_000n }],
    ["FR", "FR", "authorsRights", { category: "standard", rate: 100_000n, mention: "Code général des impôts, art. 279, g" }],
    ["FR", "FR", "training", { category: "exempt", rate: 0n, mention: "Code général des impôts, art. 261, 4, 4°, a" }],
    ["FR", "CH", "training", { category: "outsideScope", rate: 0n, mention: "Art. 44 Directive 2006/112/EC" }],
    ["BE", "FR", "authorsRights", { category: "standard", rate: 60_000n, mention: rights }],
    ["NL", "NL", "authorsRights", { category: "standard", rate: 210_000n }],
  ];
  for (const [country, at, service, wanted] of rows)
    t.same(vatTreatment(country, { country: at }, today, service), wanted, `${service} from ${country} to ${at}`);
  const abroad = vatTreatment("BE", { country: "FR", vatNumber: "FR12345678901" }, today, "authorsRights");
  t.equal(abroad?.category, "reverseCharge", "who owes it abroad owes what is asked there");
  t.ok(
    serviceRows.every(({ law, rate = 0n }) => law.length > 8 && rate < 150_000n),
    "every row has its law, and takes less than others",
  );
  t.end();
});

test("rights of an author are invoiced at six per cent, once an adviser has looked", async (t) => {
  const coop = await openCoop(t);
  const board = await founder(coop);
  const [ada, tess] = [await withRole(coop, board, "Ada", "adviser"), await withRole(coop, board, "Tess", "treasurer")];
  const { caller: buyer, client } = await clientOwner(coop, "Carla");
  const { caller: worker } = await confirmedMember(coop, board, "Anna");
  t.same((await coop.someone().call(listServices, {})).body, {
    percent: "21",
    items: [
      { service: "authorsRights", percent: "6", law: rights },
      { service: "homeWorks", percent: "6", law: "Arrêté royal n° 20 du 20 juillet 1970, tableau A, XXXVIII" },
    ],
  });
  t.equal((await buyer.call(postJob, { ...posterJob(client), service: "training" })).problem, "service-taxed-alike");

  const { engagement, milestone, page } = await agreed({ buyer, client, worker }, { service: "authorsRights" });
  t.match(JSON.parse((await page()).quote), { service: "authorsRights" }, "it stands in what both sign");
  const { state, checks } = (await worker.call(readEngagement, { engagement })).body;
  t.match({ state, checks: checks.filter(({ holds }) => !holds) }, { state: "signed", checks: [{ check: "vat" }] });
  await ada.call(coverEngagement, { engagement, note: "A licence for the poster, no design to order." });

  await worker.call(startEngagement, { engagement });
  await worker.call(handIn, { milestone, text: "The licence." });
  const version = (await page()).milestones[0]?.version ?? 0;
  const { invoice } = (await buyer.call(approveHandIn, { milestone, version })).body;
  const { frozen } = (await buyer.call(readInvoice, { invoice: invoice.id })).body;
  const sums = { net: eur("2000.00"), vat: eur("120.00"), gross: eur("2120.00") };
  t.match(JSON.parse(frozen), { ...sums, vatPercent: "6", vatCategory: "standard", vatMention: rights });
  const [part] = eInvoiceOf(JSON.parse(frozen) as InvoicePaper).parts;
  t.match(part, { vat: { code: "S", rate: 60_000n } });
  t.notOk(part?.because, "who is taxed less is taxed all the same: no exemption is claimed (BR-S-10)");
  t.match((await tess.call(readVat, {})).body.months.at(-1)?.sold, [{ category: "standard", percent: "6", vat: eur("120.00") }]);
});

test("work that becomes taxed otherwise is asked about again, and leaves the board of the neighbours", async (t) => {
  const coop = await openSister(t, "brussels");
  await founder(coop);
  const { caller: buyer, client } = await clientOwner(coop, "Carla");
  const { id: job } = (await buyer.call(postJob, posterJob(client))).body;
  const { client: _, bidsUntil: __, ...terms } = posterJob(client);
  const before = (await buyer.call(readJob, { job })).body;
  t.equal(before.service, undefined);
  const seen = async () => (await call("GET", `${coop.origin}/jobs/${job}`, [["accept", "application/activity+json"]])).status;
  t.equal(await seen(), 200);
  const { version } = before;
  t.equal((await buyer.call(changeJob, { job, version, ...terms, service: "authorsRights" })).status, 200);
  t.equal((await buyer.call(readJob, { job })).body.service, "authorsRights");
  t.equal(await seen(), 410, "the law of our country says nothing in theirs");
});
