// One's engagements, as member and as buyer: what each is, with whom, and where it stands.
import { listEngagements } from "@partcommune/shared/marketplace/api";
import type { ToldOf } from "@partcommune/shared/platform/endpoint";
import { useWanted } from "../../platform/call.tsx";
import { useT } from "../../platform/i18n.tsx";
import { Link } from "../../ui/link.tsx";
import { Money } from "../../ui/money.tsx";
import { Until } from "../../ui/when.tsx";

type Card = ToldOf<typeof listEngagements>["items"][number];

export function Engagements() {
  const t = useT();
  const { items } = useWanted(listEngagements, {});
  return (
    <section>
      <h1>{t("marketplace.engagements.title")}</h1>
      {items.length === 0 ? (
        <p role="status">
          {t("marketplace.engagements.empty")} <Link to="/jobs">{t("marketplace.jobs.title")}</Link>
        </p>
      ) : undefined}
      <ul className="rows">
        {items.map((card) => (
          <Row key={card.id} card={card} />
        ))}
      </ul>
    </section>
  );
}

function Row({ card: { id, title, client, member, amount, state, side, signUntil } }: { readonly card: Card }) {
  const t = useT();
  return (
    <li>
      <div>
        <h2>
          <Link to={`/my/engagements/${id}`}>{title}</Link>
        </h2>
        <p>{side === "client" ? t("marketplace.engagements.by", { member }) : t("marketplace.engagements.for", { client })}</p>
      </div>
      <p>
        <strong>
          <Money of={amount} />
        </strong>
        <br />
        {t(`marketplace.engagement.state.${state}`)}
        {state === "quoted" ? (
          <>
            {" "}
            · {t("marketplace.engagement.signHint")} <Until at={signUntil} />
          </>
        ) : undefined}
      </p>
    </li>
  );
}
