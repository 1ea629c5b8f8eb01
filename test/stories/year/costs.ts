// What the coop of a year pays for itself each month: a bill with its VAT, one from another country, a premium, and what the bank keeps.
import type { explainLine } from "@partcommune/shared/money/api/statement";
import type { AskedOf } from "@partcommune/shared/platform/endpoint";
import { standardVat } from "@partcommune/shared/platform/packs";
import type { Day } from "@partcommune/shared/platform/time";
import type { Bank } from "../town/bank.ts";
import type { House } from "../town/town.ts";

type Means = AskedOf<typeof explainLine>["means"];
type Cost = { readonly words: string; readonly minor: bigint; readonly means: Means };

const net = 10_000n;

function costsOn({ place: { country } }: House, day: Day): readonly Cost[] {
  const rate = standardVat(country, day) ?? 0n;
  const vat = (net * rate) / 1_000_000n;
  const asked = { by: "supplier", rate: Number(rate), vat: { amount: `${vat / 100n}.00`, currency: "EUR" } } as const;
  return [
    { words: "software", minor: net + vat, means: { kind: "costPaid", cost: "software", party: "Hébergement & Frères", vat: asked } },
    { words: "advice", minor: net, means: { kind: "costPaid", cost: "advice", party: "Kanzlei Weber", vat: { by: "us" } } },
    { words: "premium", minor: 1_000n, means: { kind: "premiumPaid", party: "Assureurs mutuels" } },
    { words: "charges", minor: 450n, means: { kind: "costPaid", cost: "bank", party: "Banque" } },
  ];
}

export function costsPaid(bank: Bank, house: House, day: Day): void {
  for (const { words, minor } of costsOn(house, day)) bank.pays(day, minor, words);
}

export const costMeant = (house: House, words: string, day: Day): Means | undefined =>
  costsOn(house, day).find((cost) => cost.words === words)?.means;
