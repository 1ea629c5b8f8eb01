// How a job asks for its price, while somebody writes it: fixed, open between bounds that may be left out, or by the hour.
import { priceKinds, type PriceKind } from "@partcommune/shared/marketplace/rules/price";
import type { postJob } from "@partcommune/shared/marketplace/api";
import type { AskedOf } from "@partcommune/shared/platform/endpoint";
import type { ProblemBody } from "@partcommune/shared/platform/refusal";
import { useT } from "../../platform/i18n.tsx";
import { amountFrom } from "../../ui/decimal.ts";
import { Field, Pick as Choose } from "../../ui/field.tsx";
import { faultAt } from "../../ui/refusal.tsx";

export type PriceWords = {
  readonly priceKind: PriceKind;
  /** Empty: the coop's own money. */
  readonly currency: string;
  readonly price: string;
  readonly least: string;
  readonly most: string;
};

export const noPrice: PriceWords = { priceKind: "fixed", currency: "", price: "", least: "", most: "" };

type Asked = Pick<AskedOf<typeof postJob>, "priceKind" | "price" | "least" | "most">;

/** What was typed, as a door takes it: the amounts of its kind and no others. */
export function askedFrom({ priceKind, price, least, most }: PriceWords, currency: string): Asked {
  const named = (name: "price" | "least" | "most", typed: string, kind: PriceKind) =>
    kind === priceKind && typed.trim() ? { [name]: amountFrom(typed, currency) } : {};
  return { priceKind, ...named("price", price, "fixed"), ...named("least", least, "open"), ...named("most", most, "open") };
}

type FieldsProps<Words extends PriceWords> = {
  readonly words: Words;
  readonly write: (words: Words) => void;
  readonly currency: string;
  readonly refusal: ProblemBody | undefined;
};

export function PriceFields<Words extends PriceWords>({ words, write, currency, refusal }: FieldsProps<Words>) {
  const t = useT();
  const of = (name: "price" | "least" | "most") => ({
    name,
    mode: "decimal" as const,
    value: words[name],
    change: (value: string) => write({ ...words, [name]: value }),
    fault: faultAt(refusal, `/${name}`),
  });
  return (
    <>
      <Choose
        label={t("marketplace.post.priceKind")}
        name="priceKind"
        value={words.priceKind}
        change={(priceKind) => write({ ...words, priceKind })}
        hint={words.priceKind === "hourly" ? t("marketplace.post.hourly.hint") : ""}
        options={priceKinds.map((value) => ({ value, says: t(`marketplace.priceKind.${value}`) }))}
      />
      {words.priceKind === "fixed" ? <Field label={t("marketplace.post.price", { currency })} {...of("price")} /> : undefined}
      {words.priceKind === "open" ? (
        <div className="beside">
          <Field label={t("marketplace.post.least", { currency })} hint={t("marketplace.post.bounds.hint")} {...of("least")} />
          <Field label={t("marketplace.post.most", { currency })} {...of("most")} />
        </div>
      ) : undefined}
    </>
  );
}
