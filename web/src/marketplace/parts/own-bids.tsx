// The bids one is on that wait for a signature or an answer.
import { listOwnBids } from "@partcommune/shared/marketplace/api";
import { useAsked } from "../../platform/call.tsx";
import { useLearnt, useT } from "../../platform/i18n.tsx";
import { Link } from "../../ui/link.tsx";
import { Money } from "../../ui/money.tsx";

export function OwnBids() {
  const t = useT();
  const items = useAsked(listOwnBids, {}, true)?.items ?? [];
  if (!useLearnt("teams") || items.length === 0) return undefined;
  return (
    <section aria-labelledby="bids">
      <h2 id="bids">{t("teams.own.title")}</h2>
      <ul className="rows">
        {items.map(({ id, job, title, bidder, people, share, state, waitsForYou }) => (
          <li key={id}>
            <div>
              <h3>
                <Link to={`/jobs/${job}`}>{title}</Link>
              </h3>
              {people > 1 ? <p>{t("teams.own.with", { name: bidder, count: people })}</p> : undefined}
            </div>
            <p>
              <strong>
                <Money of={share} />
              </strong>
              <br />
              {waitsForYou ? t("teams.own.waitsForYou") : t(`marketplace.bid.${state}`)}
            </p>
          </li>
        ))}
      </ul>
    </section>
  );
}
