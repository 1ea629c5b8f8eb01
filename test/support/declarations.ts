// Work that a member declares with a client of their own, and the link that its client is mailed.
import type { declareWork } from "@partcommune/shared/marketplace/api";
import type { AskedOf } from "@partcommune/shared/platform/endpoint";
import type { TestCoop } from "./coop.ts";
import { organisation } from "./people.ts";

/** The golden price in two milestones, for a museum that nobody here knows yet. */
export const posterWork = (of = ""): AskedOf<typeof declareWork> => ({
  client: {
    ...organisation,
    name: `Musée du Canal${of}`,
    vatNumber: "BE0123456749",
    contact: { name: "Clara Canal", email: `clara${of}@musee.example`, language: "fr" },
  },
  title: "Poster for the spring fair",
  text: "One poster, three sizes.",
  place: { town: "Bruxelles", country: "BE" },
  startOn: "2026-12-14",
  endOn: "2026-12-18",
  price: { amount: "2000.00", currency: "EUR" },
  milestones: [
    { title: "Sketch", amount: { amount: "500.00", currency: "EUR" }, parallel: false },
    { title: "Drawing", amount: { amount: "1500.00", currency: "EUR" }, parallel: false },
  ],
});

/** The tokens of all links that were mailed to an address, oldest first. */
export const tokensFor = (coop: TestCoop, email: string): readonly string[] =>
  coop.mails.flatMap(({ to, text }) => (to === email ? (/\/(?:sign|change)\/([\w-]{22})\b/.exec(text)?.[1] ?? []) : []));

/** The token of the newest of them. */
export function tokenFor(coop: TestCoop, email: string): string {
  const token = tokensFor(coop, email).at(-1);
  if (token === undefined) throw new Error(`no link was sent to ${email}`);
  return token;
}
