// A job in a list: what, for whom, where, for how much, until when, and on request why it stands here.
import { Link } from "../../ui/link.tsx";
import { Until } from "../../ui/when.tsx";
import { useT } from "../../platform/i18n.tsx";
import { AskedPrice } from "./asked-price.tsx";
import { PlaceOf } from "./place.tsx";
import type { Found, Weights } from "./search-told.ts";
import { Why } from "./why.tsx";

export function JobCard({ card, weights }: { readonly card: Found; readonly weights: Weights | undefined }) {
  const t = useT();
  const { id, title, language, client, trade, place, bidsUntil, elsewhere, why } = card;
  return (
    <li className="jobCard">
      <div>
        <h2>
          <Link to={`/jobs/${id}`}>
            <span lang={language}>{title}</span>
          </Link>
        </h2>
        <p>
          {client} · <span lang={language}>{trade}</span> · <PlaceOf place={place} />
          {elsewhere
            ? ` · ${t(elsewhere.hostSharePpm === undefined ? "marketplace.elsewhere" : "marketplace.sister", { coop: elsewhere.coop })}`
            : ""}
        </p>
      </div>
      <p>
        <strong>
          <AskedPrice of={card} />
        </strong>
        <br />
        {t("marketplace.job.bidsUntil")} <Until at={bidsUntil} />
      </p>
      {why && weights ? <Why why={why} weights={weights} /> : undefined}
    </li>
  );
}
