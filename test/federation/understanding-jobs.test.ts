// A job told to a sister arrives as the same job, and what cannot be is none.
import fc from "fast-check";
import { test } from "tap";
import { currencyIri, jobToNote, jobToProposal, proposalFromWire, type SharedJob } from "@partcommune/federation/translate/job";
import { AS, ctx, PC, PUBLIC, VF } from "@partcommune/federation/vocabulary";
import { exponents } from "@partcommune/shared/platform/money";
import { instantOf } from "@partcommune/shared/platform/time";
import type { Json, JsonObject } from "@partcommune/shared/platform/json";
import { arrived, atelier, job, sisters } from "../support/shared-job.ts";

test("a job stands on the wire as the design shows it", (t) => {
  const open = jobToProposal(job, sisters);
  t.match(open, {
    "@context": ctx,
    type: "Proposal",
    purpose: "request",
    attributedTo: `${atelier}/clients/9`,
    published: "2026-11-23T09:00:00.000Z",
    to: [sisters, PUBLIC],
    publishes: {
      id: `${atelier}/jobs/42#primary`,
      type: "Intent",
      action: "deliverService",
      resourceQuantity: { type: "om2:Measure", hasUnit: "one", hasNumericalValue: "1" },
    },
    reciprocal: {
      id: `${atelier}/jobs/42#reciprocal`,
      type: "Intent",
      action: "transfer",
      resourceConformsTo: "https://www.wikidata.org/wiki/Q4916",
    },
    "pc:version": 1,
    "pc:budgetMin": "1500.00",
    "pc:budgetMax": "2200.00",
    "pc:bidding": "open",
  });
  t.strictSame(
    (open["reciprocal"] as JsonObject)["resourceQuantity"],
    { type: "om2:Measure", hasUnit: "one" },
    "no figure where each bid names its own",
  );
  t.notOk("unitBased" in open);
  t.notOk(JSON.stringify(open).includes("undefined"));
  const fixed = jobToProposal(
    { ...job, priceKind: "fixed", price: { minor: 200_000n, currency: "EUR" }, least: undefined, most: undefined, isPublic: false },
    sisters,
  );
  t.match(fixed, { to: [sisters], unitBased: false, reciprocal: { resourceQuantity: { hasNumericalValue: "2000.00" } } });
  t.strictSame(fixed["to"], [sisters], "for sisters alone");
  const hourly = jobToProposal({ ...job, priceKind: "hourly", least: undefined, most: undefined }, sisters);
  t.match(hourly, { unitBased: true, publishes: { resourceQuantity: { hasUnit: "hour", hasNumericalValue: "1" } } });
  t.strictSame(
    jobToNote(job, { id: `${job.id}/note`, board: `${atelier}/jobs`, followers: `${atelier}/jobs/followers`, content: "<p>a</p>" }),
    {
      id: `${atelier}/jobs/42/note`,
      type: "Note",
      attributedTo: `${atelier}/jobs`,
      to: PUBLIC,
      cc: `${atelier}/jobs/followers`,
      published: "2026-11-23T09:00:00.000Z",
      url: `${atelier}/fr/jobs/42`,
      content: "<p>a</p>",
      attachment: [
        { type: "Link", rel: "alternate", mediaType: "application/activity+json", href: `${atelier}/jobs/42`, name: "Proposal" },
      ],
    },
  );
  t.end();
});

test("every job that is told arrives as it was, in every currency", (t) => {
  const title = fc.stringMatching(/^[A-Za-zÀ-ÿ0-9→,. ]{3,120}$/).map((text) => `a${text.trim()}b`);
  const jobs = fc
    .record({
      currency: fc.constantFrom(...Object.keys(exponents)),
      priceKind: fc.constantFrom("fixed" as const, "open" as const, "hourly" as const),
      amounts: fc.tuple(fc.bigInt(1n, 10n ** 12n), fc.bigInt(1n, 10n ** 12n), fc.bigInt(1n, 10n ** 12n)),
      version: fc.integer({ min: 1, max: 2 ** 31 - 1 }),
      title,
      content: fc.string({ maxLength: 400, unit: "grapheme" }).filter((text) => text.isWellFormed() && !text.includes("\0")),
      at: fc.integer({ min: 0, max: 4e12 }),
      bare: fc.boolean(),
      isPublic: fc.boolean(),
      isOpen: fc.boolean(),
      bidding: fc.constantFrom("open" as const, "sealed" as const),
    })
    .map(({ currency, amounts: [price, one, other], priceKind, at, bare, ...more }): SharedJob => {
      const [least, most] = one <= other ? [one, other] : [other, one];
      const money = (minor: bigint) => ({ minor, currency });
      const none = {
        url: undefined,
        clientName: undefined,
        clientCountry: undefined,
        text: undefined,
        bidsUntil: undefined,
        trade: undefined,
        language: undefined,
        place: undefined,
        startOn: undefined,
        endOn: undefined,
      };
      return {
        ...job,
        ...(bare && none),
        ...more,
        currency,
        priceKind,
        publishedAt: instantOf(at),
        updatedAt: bare ? undefined : instantOf(at + 1),
        price: priceKind === "fixed" ? money(price) : undefined,
        least: priceKind === "open" ? money(least) : undefined,
        most: priceKind === "open" && !bare ? money(most) : undefined,
      };
    });
  fc.assert(
    fc.property(jobs, (told) => {
      t.strictSame(proposalFromWire(arrived(jobToProposal(told, sisters))), told);
    }),
    { numRuns: 60 },
  );
  t.equal(new Set(Object.keys(exponents).map(currencyIri)).size, Object.keys(exponents).length, "each currency has an address of its own");
  t.end();
});

/** A proposal with other words in it. */
const saying = (words: Readonly<Record<string, Json>>): JsonObject => ({ ...jobToProposal(job, sisters), ...words });
const costing = (quantity: JsonObject, more: JsonObject = {}): JsonObject =>
  saying({
    reciprocal: { type: "Intent", resourceConformsTo: currencyIri("EUR"), resourceQuantity: { hasUnit: "one", ...quantity }, ...more },
  });

test("a proposal that says what cannot be is none", (t) => {
  for (const [what, document, wanted] of [
    ["typed figure", costing({ hasNumericalValue: { type: "xsd:decimal", "@value": "2000.00" } }), "2000.00"],
    ["no type of measure", costing({ hasNumericalValue: "0.01" }), "0.01"],
    [
      "the entity of the currency",
      costing({ hasNumericalValue: "1.00" }, { resourceConformsTo: { id: "http://www.wikidata.org/entity/Q4916" } }),
      "1.00",
    ],
    ["no figure", costing({}), "-"],
    ["null for a figure", costing({ hasNumericalValue: null }), "-"],
    ["a number", costing({ hasNumericalValue: 2000 }), undefined],
    ["nothing", costing({ hasNumericalValue: "0.00" }), undefined],
    ["less than nothing", costing({ hasNumericalValue: "-1.00" }), undefined],
    ["too few decimals", costing({ hasNumericalValue: "2000" }), undefined],
    ["too many decimals", costing({ hasNumericalValue: "2000.001" }), undefined],
    ["a comma", costing({ hasNumericalValue: "1,50" }), undefined],
    ["an exponent", costing({ hasNumericalValue: "1e308" }), undefined],
    ["a currency nobody books", costing({}, { resourceConformsTo: "https://www.wikidata.org/wiki/Q131723" }), undefined],
    ["no currency", costing({}, { resourceConformsTo: null }), undefined],
    ["a bound that is none", saying({ "pc:budgetMin": "much" }), undefined],
    ["an offer", saying({ purpose: "offer" }), undefined],
    ["a version before the first", saying({ "pc:version": 0 }), undefined],
    ["a version as text", saying({ "pc:version": "1" }), undefined],
    ["two clients", saying({ attributedTo: [job.client, `${job.client}0`] }), undefined],
    ["no id", saying({ id: null }), undefined],
    ["a script for an address", saying({ url: "javascript:alert(1)" }), undefined],
    ["a turned title", saying({ name: "a\u202eb" }), undefined],
    ["a long title", saying({ name: "a".repeat(301) }), undefined],
    ["a long text", saying({ content: "a".repeat(60_001) }), undefined],
    ["a day that does not exist", saying({ "pc:startOn": "2026-02-30" }), undefined],
    ["a time that does not exist", saying({ endTime: "tomorrow" }), undefined],
    ["words written twice", saying({ [`${AS}#name`]: "b" }), undefined],
    ["other words", saying({ "https://evil.example/#attributedTo": "b", unknown: { a: 1 } }), "-"],
    ["an offset", saying({ published: "2026-11-23T10:00:00+01:00" }), "-"],
    ["words in full", saying({ type: `${VF}Proposal`, [`${PC}trade`]: "x", "pc:trade": "y" }), undefined],
  ] as readonly (readonly [string, JsonObject, string | undefined])[]) {
    const read = proposalFromWire(arrived(document));
    t.equal(read && (read.price ? `${read.price.minor / 100n}.${String(read.price.minor % 100n).padStart(2, "0")}` : "-"), wanted, what);
  }
  const { reciprocal, ...others } = jobToProposal(job, sisters);
  t.strictSame(
    proposalFromWire({ ...others, type: `${VF}Proposal`, [`${VF}reciprocal`]: reciprocal ?? null, to: ["as:Public"] }),
    job,
    "words in full",
  );
  t.equal(proposalFromWire(others), undefined);
  t.end();
});
