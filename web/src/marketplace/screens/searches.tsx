// One's own searches: what each looks for, how often its letter comes, and the way to stop it. Members say here what they can do.
import { changeSearch, endSearch, listSearches } from "@partcommune/shared/marketplace/api";
import { filtersFrom } from "@partcommune/shared/marketplace/rules/search";
import { readSession } from "@partcommune/shared/platform/api";
import type { ToldOf } from "@partcommune/shared/platform/endpoint";
import { useAct, useWanted } from "../../platform/call.tsx";
import { useT } from "../../platform/i18n.tsx";
import { Link } from "../../ui/link.tsx";
import { Refusal } from "../../ui/refusal.tsx";
import { isMember } from "../../platform/parts/is-member.ts";
import { MySkills } from "../parts/my-skills.tsx";
import { RhythmPick } from "../parts/save-search.tsx";
import { addressOf } from "../parts/search-told.ts";

type Card = ToldOf<typeof listSearches>["items"][number];

export function Searches() {
  const t = useT();
  const { items } = useWanted(listSearches, {});
  const { person } = useWanted(readSession, {});
  return (
    <section>
      <h1>{t("marketplace.searches.title")}</h1>
      {items.length === 0 ? (
        <p role="status">
          {t("marketplace.searches.empty")} <Link to="/jobs">{t("marketplace.jobs.title")}</Link>
        </p>
      ) : undefined}
      <ul className="rows">
        {items.map((card) => (
          <Kept key={card.id} card={card} />
        ))}
      </ul>
      {isMember(person?.stage) ? <MySkills /> : undefined}
    </section>
  );
}

function Kept({ card: { id, name, query, rhythm, state, found } }: { readonly card: Card }) {
  const t = useT();
  const { act, busy, refusal } = useAct(changeSearch);
  const ending = useAct(endSearch);
  const filters = filtersFrom(Object.fromEntries(new URLSearchParams(query)));
  const isOn = state === "on";
  return (
    <li>
      <div>
        <h2>
          <Link to="/jobs" search={addressOf({ filters, order: undefined })}>
            {name}
          </Link>
        </h2>
        <p>
          {t(`marketplace.searches.${state}`)} · {t("marketplace.searches.found", { count: found })}
        </p>
        <Refusal problem={refusal ?? ending.refusal} />
      </div>
      <div className="acts">
        <RhythmPick value={rhythm} change={(next) => void act({ search: id, rhythm: next, state: isOn ? "on" : "paused" })} />
        <button
          type="button"
          className="quiet"
          disabled={busy}
          onClick={() => void act({ search: id, rhythm, state: isOn ? "paused" : "on" })}
          aria-label={isOn ? t("marketplace.searches.pauseNamed", { name }) : t("marketplace.searches.resumeNamed", { name })}
        >
          {isOn ? t("marketplace.searches.pause") : t("marketplace.searches.resume")}
        </button>
        <button
          type="button"
          className="quiet"
          disabled={ending.busy}
          onClick={() => void ending.act({ search: id })}
          aria-label={t("marketplace.searches.endNamed", { name })}
        >
          {t("marketplace.searches.end")}
        </button>
      </div>
    </li>
  );
}
