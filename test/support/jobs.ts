// The job every test of the marketplace posts: the golden price, one place, one week.
import type { postJob } from "@partcommune/shared/marketplace/api";
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
