// What narrows a search: for each kind its values with how many jobs they leave, each a link that works without script.
import { readCoop } from "@partcommune/shared/platform/api";
import type { ReactNode } from "react";
import { useWanted } from "../../platform/call.tsx";
import { useSpeech, useT } from "../../platform/i18n.tsx";
import { Link } from "../../ui/link.tsx";
import { activeOf, addressOf, changed, type Counts, type Search } from "./search-told.ts";
import { PriceForm } from "./search-form.tsx";
import { useSayFilter } from "./say-filter.ts";

type Value = {
  readonly key: string;
  readonly says: string;
  readonly lang?: string;
  readonly count: number;
  readonly on: boolean;
  readonly to: Search;
};

export function Facets({ search, counts }: { readonly search: Search; readonly counts: Counts }) {
  const t = useT();
  const { filters } = search;
  const say = useSayFilter(counts);
  const set = (name: "trade" | "place" | "language" | "priced" | "closing" | "coop", value: string, count: number): Value => {
    const on = filters[name] === value;
    return { key: value, says: say(name, value), count, on, to: changed(search, { [name]: on ? undefined : value }) };
  };
  const chosen = filters.skills?.split(",") ?? [];
  const withSkill = (id: string): string | undefined =>
    (chosen.includes(id) ? chosen.filter((each) => each !== id) : [...chosen, id]).join(",") || undefined;
  return (
    <details className="facets">
      <summary>{t("marketplace.search.filters", { active: activeOf(search).length, count: counts.total })}</summary>
      <div className="groups">
        <Group
          title={t("marketplace.search.skills")}
          values={counts.skills.map(({ id, label, count }) => ({
            key: id,
            says: label,
            count,
            on: chosen.includes(id),
            to: changed(search, { skills: withSkill(id) }),
          }))}
        />
        <Group title={t("marketplace.search.trade")} values={counts.trades.map(({ trade, count }) => set("trade", trade, count))} />
        {counts.coops.length > 1 || filters.coop ? (
          <Group title={t("marketplace.search.coop")} values={counts.coops.map(({ coop, count }) => set("coop", coop, count))} />
        ) : undefined}
        <Group title={t("marketplace.search.place")} values={counts.places.map(({ place, count }) => set("place", place, count))} />
        <Group title={t("marketplace.search.priced")} values={counts.priceKinds.map(({ kind, count }) => set("priced", kind, count))} />
        <Prices search={search} counts={counts} />
        <Group
          title={t("marketplace.search.language")}
          values={counts.languages.map(({ language, count }) => set("language", language, count))}
        />
        <Group title={t("marketplace.search.closing")} values={counts.closing.map(({ days, count }) => set("closing", days, count))} />
      </div>
    </details>
  );
}

function Prices({ search, counts }: { readonly search: Search; readonly counts: Counts }) {
  const t = useT();
  const { language } = useSpeech();
  const { currency = "EUR" } = useWanted(readCoop, {});
  const number = new Intl.NumberFormat(language === "en" ? "fr" : language);
  const says = (min: string | undefined, max: string | undefined): string => {
    if (max === undefined) return t("marketplace.search.from", { min: number.format(Number(min)) });
    return min === undefined
      ? t("marketplace.search.upTo", { max: number.format(Number(max)) })
      : t("marketplace.search.between", { min: number.format(Number(min)), max: number.format(Number(max)) });
  };
  const values = counts.prices.map(({ min, max, count }) => {
    const on = search.filters.min === min && search.filters.max === max;
    return {
      key: `${min}-${max}`,
      says: says(min, max),
      count,
      on,
      to: changed(search, on ? { min: undefined, max: undefined } : { min, max }),
    };
  });
  return (
    <Group title={t("marketplace.search.price", { currency })} values={values} always>
      <PriceForm search={search} />
    </Group>
  );
}

function Group({
  title,
  values,
  always = false,
  children,
}: {
  readonly title: string;
  readonly values: readonly Value[];
  readonly always?: boolean;
  readonly children?: ReactNode;
}) {
  const { language } = useSpeech();
  if (values.length === 0 && !always) return undefined;
  return (
    <section>
      <h2>{title}</h2>
      <ul className="plain counts">
        {values.map(({ key, says, count, on, to }) => (
          <li key={key}>
            <Link to="/jobs" search={addressOf(to)} current={on}>
              {says}
            </Link>{" "}
            <span className="count">{new Intl.NumberFormat(language).format(count)}</span>
          </li>
        ))}
      </ul>
      {children}
    </section>
  );
}
