// One's engagements, as member and as buyer: what each is, with whom, and where it stands.
import { listEngagements, listOwnClients } from "@partcommune/shared/marketplace/api";
import { readSession } from "@partcommune/shared/platform/api";
import type { ToldOf } from "@partcommune/shared/platform/endpoint";
import { useWanted } from "../../platform/call.tsx";
import { useSpeech, useT } from "../../platform/i18n.tsx";
import { Link } from "../../ui/link.tsx";
import { Money } from "../../ui/money.tsx";
import { Until } from "../../ui/when.tsx";
import { Invitations } from "../parts/invitations.tsx";
import { isMember } from "../../platform/parts/is-member.ts";
import { OwnBids } from "../parts/own-bids.tsx";

type Card = ToldOf<typeof listEngagements>["items"][number];

export function Engagements() {
  const t = useT();
  const { items } = useWanted(listEngagements, {});
  const { person } = useWanted(readSession, {});
  return (
    <section>
      <h1>{t("marketplace.engagements.title")}</h1>
      {isMember(person?.stage) ? (
        <p className="acts">
          <Link to="/my/engagements/new" className="button">
            {t("offers.declare.title")}
          </Link>
          <Link to="/my/protection">{t("marketplace.engagements.protection")}</Link>
        </p>
      ) : undefined}
      {isMember(person?.stage) ? <Invitations /> : undefined}
      {items.length === 0 ? (
        <p role="status">
          {t("marketplace.engagements.empty")} <Link to="/jobs">{t("marketplace.jobs.title")}</Link>
        </p>
      ) : undefined}
      {isMember(person?.stage) ? <OwnBids /> : undefined}
      <ul className="rows">
        {items.map((card) => (
          <Row key={card.id} card={card} />
        ))}
      </ul>
      {isMember(person?.stage) ? <OwnClients /> : undefined}
    </section>
  );
}

/** The clients one has worked for, to work for again. */
function OwnClients() {
  const t = useT();
  const { language } = useSpeech();
  const { items } = useWanted(listOwnClients, {});
  if (items.length === 0) return undefined;
  const countries = new Intl.DisplayNames(language, { type: "region" });
  return (
    <section aria-labelledby="clients">
      <h2 id="clients">{t("marketplace.clients.title")}</h2>
      <ul className="rows">
        {items.map(({ id, name, town, country }) => (
          <li key={id}>
            <h3>{name}</h3>
            <p>
              {town}, {countries.of(country)}
            </p>
          </li>
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
