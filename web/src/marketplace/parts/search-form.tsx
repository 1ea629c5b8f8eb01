// The forms of a search: plain GET forms, so that they work before the script does and without it.
import { useNavigate } from "@tanstack/react-router";
import type { ReactNode } from "react";
import { filtersFrom, type FilterName } from "@partcommune/shared/marketplace/rules/search";
import { useSpeech, useT } from "../../platform/i18n.tsx";
import { addressOf, type Search } from "./search-told.ts";

export function WordsForm({ search }: { readonly search: Search }) {
  const t = useT();
  return (
    <GetForm search={search} asks={["q"]} className="find" role="search">
      <label htmlFor="q">{t("marketplace.search.words")}</label>
      <div className="findRow">
        <input
          id="q"
          name="q"
          type="search"
          key={search.filters.q ?? ""}
          defaultValue={search.filters.q ?? ""}
          maxLength={200}
          autoComplete="off"
        />
        <button type="submit">{t("marketplace.search.show")}</button>
      </div>
    </GetForm>
  );
}

export function PriceForm({ search }: { readonly search: Search }) {
  const t = useT();
  const { min = "", max = "" } = search.filters;
  return (
    <GetForm search={search} asks={["min", "max"]} className="range">
      <label>
        {t("marketplace.search.min")} <input name="min" inputMode="decimal" key={min} defaultValue={min} size={6} />
      </label>
      <label>
        {t("marketplace.search.max")} <input name="max" inputMode="decimal" key={max} defaultValue={max} size={6} />
      </label>
      <button type="submit" className="quiet">
        {t("marketplace.search.show")}
      </button>
    </GetForm>
  );
}

type GetFormProps = {
  readonly search: Search;
  /** The filters that its own fields ask for; all others travel along. */
  readonly asks: readonly FilterName[];
  readonly className: string;
  readonly role?: "search";
  readonly children: ReactNode;
};

function GetForm({ search, asks, className, role, children }: GetFormProps) {
  const { language } = useSpeech();
  const navigate = useNavigate();
  const kept = Object.entries(addressOf(search)).filter(([name]) => !asks.some((asked) => asked === name));
  return (
    <form
      method="get"
      action={`/${language}/jobs`}
      className={className}
      {...(role ? { role } : {})}
      onSubmit={(event) => {
        event.preventDefault();
        const typed = Object.fromEntries(new FormData(event.currentTarget));
        const address = addressOf({ filters: filtersFrom(typed), order: search.order });
        void navigate({ to: `/${language}/jobs` as "/", search: address as Record<string, never>, resetScroll: false });
      }}
    >
      {kept.map(([name, value]) => (
        <input key={name} type="hidden" name={name} value={value} />
      ))}
      {children}
    </form>
  );
}
