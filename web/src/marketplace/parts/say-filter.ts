// A filter in words: a place by its name, a language by its name, a skill as it is called here.
import type { FilterName } from "@partcommune/shared/marketplace/rules/search";
import type { PriceKind } from "@partcommune/shared/marketplace/rules/price";
import { useSpeech, useT } from "../../platform/i18n.tsx";
import type { Counts } from "./search-told.ts";

export function useSayFilter(counts: Counts | undefined): (name: FilterName, value: string) => string {
  const t = useT();
  const { language } = useSpeech();
  const skill = (id: string): string => counts?.skills.find((each) => each.id === id)?.label ?? t("marketplace.search.aSkill");
  const words: { readonly [Name in FilterName]?: (value: string) => string } = {
    q: (value) => t("marketplace.search.quoted", { words: value }),
    skills: (value) => value.split(",").map(skill).join(", "),
    place: (value) =>
      value === "remote" ? t("marketplace.job.remote") : (new Intl.DisplayNames(language, { type: "region" }).of(value) ?? value),
    language: (value) => new Intl.DisplayNames(language, { type: "language" }).of(value) ?? value,
    priced: (value) => t(`marketplace.search.priced.${value as PriceKind}`),
    closing: (value) => t("marketplace.search.within", { days: Number(value) }),
    min: (value) => t("marketplace.search.from", { min: value }),
    coop: (value) => counts?.coops.find(({ coop }) => coop === value)?.name ?? t("marketplace.search.coop"),
    max: (value) => t("marketplace.search.upTo", { max: value }),
  };
  return (name, value) => words[name]?.(value) ?? value;
}
