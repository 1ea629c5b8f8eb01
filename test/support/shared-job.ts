// A job that is told to sisters, and whatever is on its way, as bytes.
import { readStrict } from "@partcommune/federation/read";
import { type SharedJob } from "@partcommune/federation/translate/job";
import { instant, type Day } from "@partcommune/shared/platform/time";
import type { JsonObject } from "@partcommune/shared/platform/json";

export const atelier = "https://atelier.example";
export const mastodon = "https://social.example/users/eve";
export const sisters = `${atelier}/actor/followers`;

/** A job as one coop tells it to another. */
export const job: SharedJob = {
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
export const arrived = (document: JsonObject): JsonObject => readStrict(Buffer.from(JSON.stringify(document))) ?? {};
