// The jobs open for bids: searched by words, narrowed by what they have in common, in an order that says why.
import { followJobsByAtom, followJobsByJson, followJobsByRss, searchJobs } from "@partcommune/shared/marketplace/api";
import { orders } from "@partcommune/shared/marketplace/rules/search";
import { useSearch } from "@tanstack/react-router";
import { useRef } from "react";
import { queryOf, useWanted } from "../../platform/call.tsx";
import { useSpeech, useT } from "../../platform/i18n.tsx";
import { useTellWhenQuiet } from "../../platform/said.tsx";
import { Link } from "../../ui/link.tsx";
import { Facets } from "../parts/facets.tsx";
import { JobCard } from "../parts/job-card.tsx";
import { useListKeys } from "../parts/list-keys.ts";
import { useSayFilter } from "../parts/say-filter.ts";
import { SaveSearch } from "../parts/save-search.tsx";
import { WordsForm } from "../parts/search-form.tsx";
import { activeOf, addressOf, changed, type Counts, type Search } from "../parts/search-told.ts";
import { questionOf, searchIn } from "../parts/question.ts";

export function Jobs() {
  const t = useT();
  const { language } = useSpeech();
  const address = useSearch({ strict: false });
  const search = searchIn(address);
  const { items, facets, weights, instead, next } = useWanted(searchJobs, questionOf(address, language));
  const part = useRef<HTMLElement>(null);
  useListKeys(part);
  useTellWhenQuiet(facets ? t("marketplace.search.count", { count: facets.total }) : "");
  return (
    <section ref={part} className="search">
      <h1>{t("marketplace.jobs.title")}</h1>
      <WordsForm search={search} />
      {facets ? <Chosen search={search} counts={facets} /> : undefined}
      <div className="searched">
        {facets ? <Facets search={search} counts={facets} /> : undefined}
        <div className="results">
          {facets ? (
            <Head search={search} counts={facets} />
          ) : (
            <Link to="/jobs" search={addressOf(search)}>
              {t("marketplace.search.first")}
            </Link>
          )}
          {instead ? (
            <p>
              {t("marketplace.search.instead")}{" "}
              <Link to="/jobs" search={addressOf(changed(search, { q: instead }))}>
                {instead}
              </Link>
            </p>
          ) : undefined}
          {items.length === 0 ? <Nothing search={search} counts={facets} /> : undefined}
          <ul className="rows">
            {items.map((card) => (
              <JobCard key={card.id} card={card} weights={weights} />
            ))}
          </ul>
          {next ? (
            <Link to="/jobs" search={{ ...addressOf(search), after: next }} className="button">
              {t("marketplace.search.more")}
            </Link>
          ) : undefined}
          {facets ? <SaveSearch search={search} counts={facets} /> : undefined}
          <Feeds search={search} />
        </div>
      </div>
    </section>
  );
}

/** The filters in force, each a link that takes it away. */
function Chosen({ search, counts }: { readonly search: Search; readonly counts: Counts }) {
  const t = useT();
  const say = useSayFilter(counts);
  const active = activeOf(search);
  if (active.length === 0) return undefined;
  return (
    <ul className="chips" aria-label={t("marketplace.search.chosen")}>
      {active.map((name) => (
        <li key={name}>
          <Link to="/jobs" search={addressOf(changed(search, { [name]: undefined }))}>
            {t("marketplace.search.remove", { filter: say(name, search.filters[name] ?? "") })}
          </Link>
        </li>
      ))}
    </ul>
  );
}

function Head({ search, counts }: { readonly search: Search; readonly counts: Counts }) {
  const t = useT();
  const says = { best: t("marketplace.order.best"), newest: t("marketplace.order.newest"), closing: t("marketplace.order.closing") };
  const order = search.order ?? "best";
  return (
    <div className="searchHead">
      <p className="total">{t("marketplace.search.count", { count: counts.total })}</p>
      <nav aria-label={t("marketplace.order.title")} className="row">
        {orders.map((each) => (
          <Link key={each} to="/jobs" search={addressOf({ ...search, order: each === "best" ? undefined : each })} current={each === order}>
            {says[each]}
          </Link>
        ))}
      </nav>
    </div>
  );
}

/** Names the one filter to leave, with what there would be then. */
function Nothing({ search, counts }: { readonly search: Search; readonly counts: Counts | undefined }) {
  const t = useT();
  const say = useSayFilter(counts);
  const active = activeOf(search);
  if (active.length === 0)
    return (
      <p>
        {t("marketplace.jobs.empty")} <Link to="/hire">{t("marketplace.home.hire")}</Link>
      </p>
    );
  const best = counts?.without.toSorted((one, other) => other.count - one.count)[0];
  return (
    <div className="next">
      <p>{t("marketplace.search.nothing", { count: active.length })}</p>
      {best && best.count > 0 ? (
        <Link to="/jobs" search={addressOf(changed(search, { [best.filter]: undefined }))}>
          {t("marketplace.search.without", { filter: say(best.filter, search.filters[best.filter] ?? ""), count: best.count })}
        </Link>
      ) : (
        <Link to="/jobs">{t("marketplace.search.all")}</Link>
      )}
    </div>
  );
}

/** The same list for a reader of feeds, with the filters in force. */
function Feeds({ search: { filters } }: { readonly search: Search }) {
  const t = useT();
  const { language } = useSpeech();
  const asked = queryOf(Object.entries({ in: language, ...filters }));
  const forms = [
    ["RSS", followJobsByRss],
    ["Atom", followJobsByAtom],
    ["JSON Feed", followJobsByJson],
  ] as const;
  return (
    <p className="row">
      {t("marketplace.feed.follow")}
      {forms.map(([name, { path }]) => (
        <a key={name} href={path + asked}>
          {name}
        </a>
      ))}
    </p>
  );
}
