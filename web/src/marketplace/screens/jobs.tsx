// The jobs open for bids.
import { searchJobs } from "@partcommune/shared/marketplace/api";
import type { ToldOf } from "@partcommune/shared/platform/endpoint";
import { useWanted } from "../../platform/call.tsx";
import { useT } from "../../platform/i18n.tsx";
import { Link } from "../../ui/link.tsx";
import { Money } from "../../ui/money.tsx";
import { Until } from "../../ui/when.tsx";
import { PlaceOf } from "../parts/place.tsx";

type Card = ToldOf<typeof searchJobs>["items"][number];

export function Jobs() {
  const t = useT();
  const { items } = useWanted(searchJobs, {});
  return (
    <section>
      <h1>{t("marketplace.jobs.title")}</h1>
      {items.length === 0 ? (
        <p role="status">
          {t("marketplace.jobs.empty")} <Link to="/hire">{t("marketplace.home.hire")}</Link>
        </p>
      ) : undefined}
      <ul className="rows">
        {items.map((card) => (
          <JobRow key={card.id} card={card} />
        ))}
      </ul>
    </section>
  );
}

function JobRow({ card: { id, title, client, trade, place, price, bidsUntil } }: { readonly card: Card }) {
  const t = useT();
  return (
    <li>
      <div>
        <h2>
          <Link to={`/jobs/${id}`}>{title}</Link>
        </h2>
        <p>
          {client} · {trade} · <PlaceOf place={place} />
        </p>
      </div>
      <p>
        <strong>{price ? <Money of={price} /> : t("marketplace.job.openPrice")}</strong>
        <br />
        {t("marketplace.job.bidsUntil")} <Until at={bidsUntil} />
      </p>
    </li>
  );
}
