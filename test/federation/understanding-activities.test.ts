// What another server sends is taken for what its type says or not at all, and a job told to a sister arrives as the same job.
import fc from "fast-check";
import { test } from "tap";
import { parseActivity } from "@partcommune/federation/activity";
import { readStrict } from "@partcommune/federation/read";
import { allowanceOf, circles, inboxes, mayBeSaid, type Circle, type Inbox, type Said } from "@partcommune/federation/circle";
import { currencyIri, jobToNote, jobToProposal, proposalFromWire, type SharedJob } from "@partcommune/federation/translate/job";
import { AS, ctx, PC, PUBLIC, VF } from "@partcommune/federation/vocabulary";
import { exponents } from "@partcommune/shared/platform/money";
import { instant, instantOf, type Day } from "@partcommune/shared/platform/time";
import type { Json, JsonObject } from "@partcommune/shared/platform/json";

const atelier = "https://atelier.example";
const mastodon = "https://social.example/users/eve";
const sisters = `${atelier}/actor/followers`;

const job: SharedJob = {
  id: `${atelier}/jobs/42`,
  client: `${atelier}/clients/9`,
  clientName: "Musée du Canal",
  clientCountry: "BE",
  version: 1,
  title: "Traduire un manuel FR→NL",
  content: "<p>80 pages, two weeks.</p>",
  text: "80 pages, two weeks.",
  url: `${atelier}/fr/jobs/42`,
  publishedAt: instant("2026-11-23T09:00:00Z"),
  updatedAt: undefined,
  bidsUntil: instant("2026-12-07T17:00:00Z"),
  currency: "EUR",
  priceKind: "open",
  price: undefined,
  least: { minor: 150_000n, currency: "EUR" },
  most: { minor: 220_000n, currency: "EUR" },
  bidding: "open",
  isPublic: true,
  isOpen: true,
  trade: "Translation",
  language: "fr",
  place: { town: "Brussels", country: "BE" },
  startOn: "2026-12-08" as Day,
  endOn: "2026-12-22" as Day,
};

/** A document on its way: as bytes, and read again. */
const arrived = (document: JsonObject): JsonObject => readStrict(Buffer.from(JSON.stringify(document))) ?? {};

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

const note: JsonObject = {
  id: "https://social.example/notes/1",
  type: "Note",
  attributedTo: mastodon,
  content: "<p>a</p>",
  published: "2026-11-23T09:00:00Z",
  inReplyTo: null,
  to: [PUBLIC],
  cc: [],
};

/** An activity with other words in it. */
const sent = (type: string, object: Json, more: JsonObject = {}): JsonObject => ({
  "@context": AS,
  id: "https://social.example/acts/1",
  type,
  actor: mastodon,
  object,
  ...more,
});

test("of what an activity names, its name is taken and nothing that was embedded", (t) => {
  const follow = { id: "https://social.example/acts/0", type: "Follow", actor: "https://atelier.example/members/anna", object: mastodon };
  for (const type of ["Follow", "Undo", "Accept", "Reject", "Delete"])
    for (const object of [follow, follow.id, [follow.id], { "@id": follow.id }])
      t.strictSame(
        parseActivity(arrived(sent(type, object, { to: `${atelier}/actor`, signature: {} }))),
        { id: "https://social.example/acts/1", type, actor: mastodon, to: [`${atelier}/actor`], cc: [], object: follow.id },
        type,
      );
  t.match(parseActivity(sent("Move", mastodon, { target: { id: "https://b.example/eve", type: "Person" } })), {
    type: "Move",
    object: mastodon,
    target: "https://b.example/eve",
  });
  const update = sent("Update", { id: mastodon, type: "Person", publicKey: { publicKeyPem: "mine" } });
  t.strictSame(parseActivity(update), {
    id: "https://social.example/acts/1",
    type: "Update",
    actor: mastodon,
    to: [],
    cc: [],
    object: { type: "actor", id: mastodon },
  });
  t.end();
});

test("a note and a proposal are carried whole", (t) => {
  const to = [PUBLIC];
  t.match(parseActivity(arrived(sent("Create", note, { to }))), {
    type: "Create",
    to,
    object: { type: "Note", id: note["id"], attributedTo: mastodon, content: "<p>a</p>", published: "2026-11-23T09:00:00.000Z", to },
  });
  for (const type of ["Create", "Update"])
    t.match(parseActivity(arrived(sent(type, jobToProposal(job, sisters)))), {
      type,
      object: { type: "Proposal", id: job.id, name: job.title },
    });
  const inFull = {
    "@id": "https://social.example/notes/1",
    "@type": [`${AS}#Note`],
    [`${AS}#attributedTo`]: [{ "@id": mastodon }],
    [`${AS}#content`]: [{ "@value": "a" }],
  };
  for (const object of [inFull, [inFull]])
    t.match(
      parseActivity(arrived({ id: "https://social.example/acts/1", type: "as:Create", actor: mastodon, [`${AS}#object`]: object })),
      { type: "Create", object: { type: "Note", content: "a", attributedTo: mastodon } },
      "words in full",
    );
  t.end();
});

test("what is not as its type says is no activity", (t) => {
  const object = `${atelier}/jobs`;
  const follow = sent("Follow", object);
  for (const [what, odd] of [
    ["a type we do not take", sent("Like", object)],
    ["a type that is a name of JavaScript", sent("constructor", object)],
    ["two types", { ...follow, type: ["Follow", "Create"] }],
    ["no type", { ...follow, type: null }],
    ["an embedded actor", { ...follow, actor: { id: mastodon, type: "Person" } }],
    ["two actors", { ...follow, actor: [mastodon, mastodon] }],
    ["an id that is a list", { ...follow, id: [follow["id"] ?? null] }],
    ["an id that is no address", { ...follow, id: "urn:uuid:1" }],
    ["an id with a name in it", { ...follow, id: "https://eve@social.example/1" }],
    ["an id with a space", { ...follow, id: "https://social.example/1 2" }],
    ["a long id", { ...follow, id: `https://social.example/${"a".repeat(2_048)}` }],
    ["another word for the actor", { ...follow, "as:actor": "https://evil.example/" }],
    ["no object", sent("Follow", null)],
    ["two objects", sent("Undo", [object, object])],
    ["an object without a name", sent("Accept", { type: "Follow" })],
    ["a move to nowhere", sent("Move", mastodon)],
    ["a note by its name", sent("Create", "https://social.example/notes/1")],
    ["two notes", sent("Create", [note, note])],
    ["something else", sent("Create", { ...note, type: "Article" })],
    ["a person", sent("Create", { id: mastodon, type: "Person" })],
    ["an event of money", sent("Create", { id: object, type: "EconomicEvent" })],
    ["a note of nobody", sent("Create", { ...note, attributedTo: null })],
    ["a note without words", sent("Create", { ...note, content: null })],
    ["a note too long", sent("Create", { ...note, content: "a".repeat(60_001) })],
    ["two hundred and one readers", { ...follow, to: Array.from({ length: 201 }, (_, at) => `https://a.example/${at}`) }],
    ["nothing", {}],
  ] as readonly (readonly [string, JsonObject])[])
    t.equal(parseActivity(odd), undefined, what);
  t.ok(parseActivity({ ...follow, id: `${String(follow["id"])}#follow/7` }), "an id may have a fragment");
  t.end();
});

test("nothing that can be written in JSON breaks the reading", (t) => {
  const types = fc.constantFrom("Follow", "Undo", "Create", "Update", "Move", "Delete");
  fc.assert(
    fc.property(
      fc.dictionary(fc.constantFrom("id", "actor", "object", "to", "cc", "target", "as:object", "@context"), fc.jsonValue()),
      types,
      (words, type) => {
        const activity = parseActivity({ ...words, type });
        return activity === undefined || activity.type === type;
      },
    ),
  );
  fc.assert(fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => typeof (readStrict(Buffer.from(bytes)) ?? {}) === "object"));
  t.end();
});

test("who may say what at which door", (t) => {
  const [social, answers] = ["Delete Follow Move Undo Update", "Accept Reject"];
  const sorted = (...types: readonly string[]): string => types.join(" ").split(" ").filter(Boolean).toSorted().join(" ");
  const everything = sorted(social, answers, "Create Flag Join Leave Offer");
  const atOurs: Readonly<Partial<Record<Circle, Readonly<Partial<Record<Inbox, string>>>>>> = {
    public: { actor: sorted(social, "Offer"), jobs: social },
    neighbour: { actor: sorted(social, "Offer"), jobs: sorted(social, answers, "Create") },
    applicant: { actor: sorted(social, answers, "Offer"), jobs: social },
    sister: {
      actor: everything,
      jobs: everything,
      members: everything.replace("Follow ", ""),
      clients: everything.replace("Follow ", ""),
      shared: everything,
    },
  };
  const theirs = "https://filature.example";
  const [coop, anna] = [`${theirs}/actor`, `${theirs}/members/anna`];
  const said = (type: string, actor: string, inbox: Inbox): Said => {
    const id = `${theirs}/acts/1`;
    if (type === "Follow") return { id, type, actor, object: `${atelier}/${inbox === "shared" ? "jobs" : inbox}` };
    if (["Accept", "Reject", "Join", "Leave", "Flag"].includes(type)) return { id, type, actor, object: `${atelier}/acts/1` };
    return {
      id,
      type,
      actor,
      ...(type === "Offer" ? {} : { object: type === "Create" || type === "Undo" ? `${theirs}/things/1` : actor }),
    };
  };
  const types = [...everything.split(" "), "Announce", "Like", "Add", "Block", "constructor"];
  for (const circle of circles)
    for (const inbox of inboxes) {
      const heard = (actor: string): string =>
        types.filter((type) => mayBeSaid(said(type, actor, inbox), [circle], inbox, atelier)).join(" ");
      const wanted = atOurs[circle]?.[inbox] ?? "";
      t.equal(heard(coop), wanted, `${circle} at ${inbox}`);
      const ofCoops = circle === "sister" ? [] : circle === "applicant" && inbox === "actor" ? ["Accept", "Offer", "Reject"] : ["Offer"];
      t.equal(
        heard(anna),
        wanted
          .split(" ")
          .filter((type) => !ofCoops.includes(type))
          .join(" "),
        `one of its people, ${circle} at ${inbox}`,
      );
    }
  const change = { id: `${theirs}/acts/1`, type: "Update", actor: anna, object: `${theirs}/things/1` };
  for (const circle of circles)
    for (const inbox of inboxes) {
      const mayChange = circle === "sister" || (circle === "neighbour" && inbox === "jobs");
      t.equal(mayBeSaid(change, [circle], inbox, atelier), mayChange, `a thing is changed by ${circle} at ${inbox}`);
      t.notOk(mayBeSaid({ ...change, object: `${atelier}/things/1` }, [circle], inbox, atelier), "one of ours");
      t.notOk(mayBeSaid({ ...change, id: `${atelier}/acts/1` }, [circle], inbox, atelier), "in our name");
    }
  t.same(allowanceOf(["applicant", "neighbour", "public"]), { burst: 500, perSecond: 50 }, "of several, the most");
  t.ok(allowanceOf(["public"]).burst < 500);
  t.end();
});
