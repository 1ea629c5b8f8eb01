// A job as an application on Fedify would tell of it: in Fedify's own vocabulary, with the words of coops set beside it.
import { parseDecimal } from "@fedify/fedify";
import { Agreement, Commitment, Intent, Link, Measure, Note, Proposal, PUBLIC_COLLECTION } from "@fedify/vocab";

const text = "Two hundred, on grey board.";
const dayIn = (days: number): string => Temporal.Now.plainDateISO("UTC").add({ days }).toString();
const measure = (figure: string): Measure => new Measure({ unit: "one", numericalValue: parseDecimal(figure) });

export const proposal = (origin: string): Proposal =>
  new Proposal({
    id: new URL("/jobs/1", origin),
    purpose: "request",
    attribution: new URL("/clients/1", origin),
    name: "Business cards",
    content: `<p>${text}</p>`,
    url: new URL("/jobs/1", origin),
    published: Temporal.Now.instant(),
    endTime: Temporal.Now.instant().add({ hours: 240 }),
    to: PUBLIC_COLLECTION,
    publishes: new Intent({ id: new URL("/jobs/1#primary", origin), action: "deliverService", resourceQuantity: measure("1") }),
    reciprocal: new Intent({
      id: new URL("/jobs/1#reciprocal", origin),
      action: "transfer",
      resourceConformsTo: new URL("https://www.wikidata.org/wiki/Q4916"),
      resourceQuantity: measure("380.00"),
    }),
  });

/** A note of a board, which names the job that it tells of. */
export const note = (origin: string, board: URL): Note =>
  new Note({
    id: new URL(`/notes/${crypto.randomUUID()}`, origin),
    attribution: board,
    to: PUBLIC_COLLECTION,
    published: Temporal.Now.instant(),
    content: "<p>Business cards, 380.00 EUR</p>",
    attachments: [
      new Link({ rel: "alternate", mediaType: "application/activity+json", href: new URL("/jobs/1", origin), name: "Proposal" }),
    ],
  });

const commitments = (job: string, price: string) => ({
  stipulates: new Commitment({ satisfies: new URL(`${job}#primary`), resourceQuantity: measure("1") }),
  stipulatesReciprocal: new Commitment({ satisfies: new URL(`${job}#reciprocal`), resourceQuantity: measure(price) }),
});

/** What somebody would agree to for a job. */
export const offered = (job: string): Agreement => new Agreement(commitments(job, "380.00"));

/** An agreement of its own, as whoever accepts an offer makes it. */
export const agreed = (origin: string, attribution: URL): Agreement =>
  new Agreement({ id: new URL("/agreements/1", origin), attribution, ...commitments(`${origin}/jobs/1`, "380.00") });

/** By path: words that Fedify has no class for. */
export const wordsBeside = (origin: string): Readonly<Record<string, object>> => ({
  "/actor": { "pc:board": `${origin}/jobs`, "pc:currencies": ["EUR"] },
  "/jobs": { "pc:jobs": `${origin}/open` },
  "/jobs/1": {
    source: { content: text, mediaType: "text/markdown" },
    "pc:clientName": "Papeterie",
    "pc:clientCountry": "FR",
    "pc:trade": "printing",
    "pc:language": "fr",
    "pc:startOn": dayIn(12),
    "pc:endOn": dayIn(14),
  },
});
