// A bid, an agreement and a hand-in arrive at the other coop as they were told, with the design's figures, and nothing that cannot be is read.
import fc from "fast-check";
import { test } from "tap";
import { readStrict } from "@partcommune/federation/read";
import { rejectionFrom, rejectionWords } from "@partcommune/federation/translate/agreed";
import { bidFromOffer, bidToOffer, type SharedBid } from "@partcommune/federation/translate/bid";
import { agreementFromWire, agreementToWire, unproved, type SharedAgreement } from "@partcommune/federation/translate/engagement";
import {
  approvalFrom,
  approvalWords,
  changesFrom,
  changesWords,
  handInFromWire,
  handInToWire,
  type SharedHandIn,
} from "@partcommune/federation/translate/hand-in";
import {
  objectionToAgreement,
  objectionToCrossing,
  objectionToNamedFee,
  type Agreed,
  type Offered,
  type Passage,
} from "@partcommune/shared/marketplace/rules/across";
import { figuresOf } from "@partcommune/shared/money/rules/split";
import { moneyFrom, moneyText, type Money } from "@partcommune/shared/platform/money";
import { instant, type Day } from "@partcommune/shared/platform/time";
import type { JsonObject } from "@partcommune/shared/platform/json";

const [atelier, filature] = ["https://atelier.example", "https://filature.example"];
const euros = (amount: string): Money => moneyFrom({ amount, currency: "EUR" });

const bid: SharedBid = {
  job: `${atelier}/jobs/42`,
  jobVersion: 1,
  memberName: "Anna Peeters",
  amount: euros("2000.00"),
  rate: undefined,
  days: undefined,
  pitch: "Sworn translator, ten manuals done.",
  home: `${filature}/actor`,
  treaty: `${filature}/treaties/3`,
  bylaw: `${filature}/bylaws/fee.rate/4`,
  feePpm: 85_000,
  validUntil: instant("2026-12-14T17:00:00Z"),
  offeredAt: instant("2026-11-24T10:00:00Z"),
};

const figures = figuresOf({ price: euros("2000.00"), feePpm: 85_000n, hostSharePpm: 200_000n });

const agreement: SharedAgreement = {
  id: `${atelier}/engagements/7`,
  client: `${atelier}/clients/9`,
  publishedAt: instant("2026-12-08T08:00:00Z"),
  signUntil: instant("2026-12-22T08:00:00Z"),
  job: bid.job,
  offer: `${filature}/acts/15`,
  treaty: bid.treaty,
  bylaw: bid.bylaw,
  feePpm: 85_000,
  amount: bid.amount,
  rate: undefined,
  split: { fee: figures.fee, hostFund: figures.hostFund, homeFund: figures.homeFund, member: figures.member, due: figures.due },
  milestones: [
    { title: "First half", amount: euros("800.00"), dueOn: "2026-12-15" as Day, parallel: false },
    { title: "Second half", amount: euros("1200.00"), dueOn: undefined, parallel: true },
  ],
};

const handIn: SharedHandIn = {
  id: `${filature}/hand-ins/5`,
  member: `${filature}/members/anna`,
  client: agreement.client,
  engagement: agreement.id,
  number: 1,
  publishedAt: instant("2026-12-18T15:00:00Z"),
  content: "<p>Final text.</p>",
  text: "Final text.",
  minutes: undefined,
};

/** A document on its way: as bytes, and read again. */
const arrived = (document: JsonObject): JsonObject => readStrict(Buffer.from(JSON.stringify(document))) ?? {};
const offered = ({ object, words }: ReturnType<typeof bidToOffer>): JsonObject => arrived({ type: "Offer", object, ...words });

test("a bid and the agreement made of it stand on the wire as the design shows them", (t) => {
  const { object, words } = bidToOffer(bid);
  t.match(object, {
    type: "Agreement",
    stipulates: {
      type: "Commitment",
      satisfies: `${atelier}/jobs/42#primary`,
      resourceQuantity: { hasUnit: "one", hasNumericalValue: "1" },
    },
    stipulatesReciprocal: {
      satisfies: `${atelier}/jobs/42#reciprocal`,
      resourceQuantity: { type: "om2:Measure", hasUnit: "one", hasNumericalValue: "2000.00" },
    },
  });
  t.match(words, {
    "pc:jobVersion": 1,
    "pc:home": { id: `${filature}/actor` },
    "pc:treaty": { id: `${filature}/treaties/3` },
    "pc:bylaw": { id: `${filature}/bylaws/fee.rate/4` },
    "pc:feePpm": 85_000,
  });
  t.match(agreementToWire(agreement), {
    id: `${atelier}/engagements/7`,
    type: "Agreement",
    "pc:offer": { id: `${filature}/acts/15` },
    "pc:currency": "EUR",
    "pc:split": {
      "pc:fee": "170.00",
      "pc:hostFund": "34.00",
      "pc:homeFund": "136.00",
      "pc:member": "1830.00",
      "pc:hostOwesHome": "1966.00",
    },
    "pc:milestones": [
      { id: `${atelier}/engagements/7#m1`, name: "First half", "pc:amount": "800.00" },
      { id: `${atelier}/engagements/7#m2` },
    ],
  });
  t.end();
});

test("what is told arrives as it was", (t) => {
  t.same(bidFromOffer(offered(bidToOffer(bid))), bid);
  const hourly = { ...bid, rate: euros("40.00"), days: 12 };
  t.same(bidFromOffer(offered(bidToOffer(hourly))), hourly);
  t.same(agreementFromWire(arrived(agreementToWire(agreement))), agreement);
  t.same(unproved({ ...agreementToWire(agreement), proof: { type: "DataIntegrityProof" } }), agreementToWire(agreement));
  t.same(handInFromWire(arrived(handInToWire(handIn))), handIn);
  t.same(handInFromWire(arrived(handInToWire({ ...handIn, minutes: 90, number: 12 }))), { ...handIn, minutes: 90, number: 12 });
  t.same(changesFrom(arrived({ type: "Reject", ...changesWords(["The second page.", "The title."]) })), ["The second page.", "The title."]);
  t.same(changesFrom({ type: "Reject" }), undefined);
  t.same(rejectionFrom({ type: "Reject", ...rejectionWords("client-said-no", "Too dear.") }), {
    reason: "client-said-no",
    says: "Too dear.",
  });
  t.same(rejectionFrom({ type: "Reject", "pc:reason": "mood" }), { reason: "refused", says: undefined });
  const approval = { type: "Accept", published: "2026-12-21T09:30:00Z" };
  t.same(approvalFrom({ ...approval, ...approvalWords("silence") }), { by: "silence", at: "2026-12-21T09:30:00.000Z" });
  t.same(approvalFrom(approval), undefined, "who approved is said");
  t.end();
});

test("a figure that is none, and two things told as one, are not read", (t) => {
  const offer = offered(bidToOffer(bid));
  const amount = (hasNumericalValue: unknown): JsonObject =>
    arrived({
      ...offer,
      object: {
        type: "Agreement",
        stipulates: { satisfies: `${bid.job}#primary`, resourceQuantity: { hasNumericalValue: "1" } },
        stipulatesReciprocal: { satisfies: `${bid.job}#reciprocal`, resourceQuantity: { hasNumericalValue } },
      } as JsonObject,
    });
  t.same(bidFromOffer(amount("2000.00"))?.amount, bid.amount);
  for (const wrong of ["-1.00", "0.00", "1e308", "1,5", "2000", "2000.001", 2000, null, ""])
    t.equal(bidFromOffer(amount(wrong)), undefined, `${wrong}`);
  for (const [word, value] of [
    ["pc:feePpm", -1],
    ["pc:feePpm", 85_000.5],
    ["pc:feePpm", "85000"],
    ["pc:currency", "XYZ"],
    ["pc:rate", "0.00"],
    ["pc:jobVersion", 0],
    ["pc:memberName", "Anna\u202eretsaM"],
    ["pc:home", 7],
  ] as const)
    t.equal(bidFromOffer({ ...offer, [word]: value }), undefined, `${word} ${value}`);
  const wire = agreementToWire(agreement);
  t.equal(
    agreementFromWire({ ...wire, stipulates: { satisfies: `${atelier}/jobs/43#primary`, resourceQuantity: {} } }),
    undefined,
    "two jobs",
  );
  t.equal(agreementFromWire({ ...wire, "pc:milestones": [{ id: `${agreement.id}#m2`, name: "x", "pc:amount": "2000.00" }] }), undefined);
  const [work, event] = [handInToWire(handIn), handInToWire(handIn)["pc:event"] as JsonObject];
  for (const wrong of [
    { provider: `${filature}/members/ben` },
    { fulfills: `${atelier}/engagements/8#primary` },
    { "pc:milestone": `${atelier}/engagements/7#m0` },
  ])
    t.equal(handInFromWire({ ...work, "pc:event": { ...event, ...wrong } }), undefined, JSON.stringify(wrong));
  t.end();
});

test("the home follows an acceptance when every figure is its own", (t) => {
  const known: Offered = bid;
  const share = 200_000n;
  t.equal(objectionToAgreement(known, agreement, share), undefined);
  const cent = (money: Money): Money => ({ ...money, minor: money.minor + 1n });
  const wrong: readonly (readonly [string, Agreed])[] = [
    ["another price", { ...agreement, amount: cent(agreement.amount) }],
    ["another job", { ...agreement, job: `${atelier}/jobs/43` }],
    ["another treaty", { ...agreement, treaty: `${filature}/treaties/4` }],
    ["another version of the fee", { ...agreement, bylaw: `${filature}/bylaws/fee.rate/5` }],
    ["another fee", { ...agreement, feePpm: 84_999 }],
    ["milestones that are not the price", { ...agreement, milestones: agreement.milestones.slice(1) }],
  ];
  for (const [says, agreed] of wrong) t.equal(objectionToAgreement(known, agreed, share)?.type, "agreement-differs", says);
  t.equal(objectionToAgreement(known, agreement, 200_001n), undefined, "a millionth changes no cent here");
  t.equal(objectionToAgreement(known, agreement, 210_000n)?.type, "figure-differs", "another share of the fee");
  for (const part of ["fee", "hostFund", "homeFund", "member", "due"] as const) {
    const [said, reckoned] = [cent(agreement.split[part]), agreement.split[part]];
    const no = objectionToAgreement(known, { ...agreement, split: { ...agreement.split, [part]: said } }, share);
    t.match(no, { type: "figure-differs", facts: { said: moneyText(said), reckoned: moneyText(reckoned) } }, `a cent more as ${part}`);
  }
  fc.assert(
    fc.property(
      fc.bigInt({ min: 1n, max: 10n ** 12n }),
      fc.integer({ min: 0, max: 1_000_000 }),
      fc.bigInt({ min: 0n, max: 1_000_000n }),
      (minor, feePpm, hostSharePpm) => {
        const amount = { minor, currency: "EUR" };
        const split = figuresOf({ price: amount, feePpm: BigInt(feePpm), hostSharePpm });
        const agreed = { ...agreement, amount, feePpm, split, milestones: [{ amount }] };
        return objectionToAgreement({ ...bid, amount, feePpm }, agreed, hostSharePpm) === undefined;
      },
    ),
  );
  t.end();
});

test("a treaty lets pass what it names", (t) => {
  const passage: Passage = { coop: "La Filature", isOpen: true, currencies: ["EUR"], countries: ["BE", "FR"] };
  const rows = [
    ["EUR", "BE", passage, "-"],
    ["EUR", undefined, passage, "-"],
    ["EUR", "DE", passage, "country-outside-treaty"],
    ["SEK", "BE", passage, "currency-outside-treaty"],
    ["EUR", "BE", { ...passage, isOpen: false }, "job-elsewhere"],
    ["EUR", "BE", undefined, "job-elsewhere"],
  ] as const;
  for (const [currency, country, through, says] of rows)
    t.equal(objectionToCrossing({ currency, country }, through)?.type ?? "-", says, `${currency} ${country}`);
  const now = instant("2026-12-01T00:00:00Z");
  t.equal(objectionToNamedFee(bid, 85_000, bid.validUntil, now), undefined);
  t.equal(objectionToNamedFee(bid, 84_999, bid.validUntil, now)?.type, "fee-differs");
  t.equal(objectionToNamedFee(bid, undefined, bid.validUntil, now)?.type, "fee-differs");
  t.equal(objectionToNamedFee(bid, 85_000, now, now)?.type, "offer-expired");
  t.end();
});
