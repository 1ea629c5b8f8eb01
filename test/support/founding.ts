// The founding every story begins with: Atelier Commun in Brussels with the founding fee and split.
import type { foundCoop } from "@partcommune/shared/governance/api";
import type { AskedOf } from "@partcommune/shared/platform/endpoint";

export const atelierCommun: AskedOf<typeof foundCoop> = {
  name: "Atelier Commun",
  country: "BE",
  currency: "EUR",
  zone: "Europe/Brussels",
  languages: ["fr", "en"],
  passwords: false,
  letterhead: { street: "Rue du Canal 7", postcode: "1000", town: "Bruxelles", vatNumber: "BE0123456749", iban: "BE68 5390 0754 7034" },
  feeRate: 85_000,
  fundSplit: { guarantee: 400_000, insurance: 200_000, coaching: 100_000, advances: 100_000, reserve: 200_000, running: 0 },
  founder: { name: "Fanny Founder", email: "fanny@atelier.example" },
};

/** What is different in Lille. */
export const lille = {
  name: "La Filature",
  country: "FR",
  zone: "Europe/Paris",
  letterhead: {
    street: "Quai du Wault 3",
    postcode: "59000",
    town: "Lille",
    vatNumber: "FR40303265045",
    iban: "FR14 2004 1010 0505 0001 3M02 606",
  },
} as const satisfies Partial<typeof atelierCommun>;
