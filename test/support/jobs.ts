// The job every test of the marketplace posts: the golden price, one place, one week.
import type { beginDraft, postJob } from "@partcommune/shared/marketplace/api";
import type { AskedOf } from "@partcommune/shared/platform/endpoint";

export const posterJob = (client: string): AskedOf<typeof postJob> => ({
  client,
  title: "Poster for the spring fair",
  text: "One poster, three sizes.",
  language: "en",
  trade: "graphic design",
  place: { town: "Bruxelles", country: "BE" },
  startOn: "2026-12-14",
  endOn: "2026-12-18",
  price: { amount: "2000.00", currency: "EUR" },
  bidsUntil: "2026-12-07",
});

type Words = AskedOf<typeof beginDraft>["words"];

/** A job as far as somebody typed it. */
export const typed = (words: Partial<Words>): Words => ({
  title: "",
  text: "",
  language: "en",
  trade: "",
  town: "",
  startOn: "",
  endOn: "",
  priceKind: "fixed",
  price: "",
  least: "",
  most: "",
  bidsUntil: "",
  visibility: "public",
  bidding: "open",
  blind: false,
  skills: [],
  steps: [],
  ...words,
});
