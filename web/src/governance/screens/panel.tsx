// A panel drawn by lot: what it decides about, who sits on it, and for whoever was drawn the seat and the decision.
import { readPanel } from "@partcommune/shared/governance/api";
import type { ToldOf } from "@partcommune/shared/platform/endpoint";
import { getRouteApi } from "@tanstack/react-router";
import { useWanted } from "../../platform/call.tsx";
import { useT } from "../../platform/i18n.tsx";
import { useLive } from "../../platform/live.tsx";
import { Fact } from "../../ui/fact.tsx";
import { later } from "../../ui/later.tsx";
import { Link } from "../../ui/link.tsx";
import { Until } from "../../ui/when.tsx";
import { Grounds } from "../parts/contested.tsx";
import { PanelStands, Undecided } from "../parts/panels.tsx";

export type PanelTold = ToldOf<typeof readPanel>;

const Sitting = later(async () => (await import("../parts/sitting.tsx")).Sitting);
const route = getRouteApi("/$language/panels/$panel");

export function Panel() {
  const t = useT();
  const { panel: id } = route.useParams();
  useLive(`panel:${id}`);
  const panel = useWanted(readPanel, { panel: id }, `panel:${id}`);
  const { cause, title, vote, proposal, lot, round, widened, contests, noes, asks } = panel;
  return (
    <article className="job">
      <h1>{t(`panels.title.${cause}`, { title })}</h1>
      <p className="lead">{t(`panels.lead.${cause}`)}</p>
      <dl className="facts">
        <Fact says={t("panels.fact.state")}>
          <PanelStands panel={panel} />
        </Fact>
        <Fact says={t("panels.fact.round")}>{t(`panels.round.${round}`)}</Fact>
        <Fact says={t("panels.fact.seats")}>{panel.wanted}</Fact>
      </dl>
      <Undecided panel={panel} />
      {widened ? <p className="kept">{t("panels.widened")}</p> : undefined}
      <p className="acts">
        <Link to={vote ? `/votes/${vote}` : `/proposals/${proposal ?? ""}`}>{t(`panels.to.${cause}`)}</Link>
        {lot ? <Link to={`/lots/${lot}`}>{t("panels.to.lot")}</Link> : undefined}
      </p>
      <Sitting panel={panel} />
      <h2>{t(`panels.why.${cause}`)}</h2>
      {asks ? <p className="letter">{asks}</p> : undefined}
      <Grounds said={contests} />
      <Grounds said={noes} />
      <Reasons panel={panel} />
      <Seats panel={panel} />
      {panel.recount ? (
        <details className="unfold">
          <summary>{t("panels.recount")}</summary>
          <pre className="code">{JSON.stringify(JSON.parse(panel.recount), undefined, 2)}</pre>
        </details>
      ) : undefined}
    </article>
  );
}

/** Why those who sit decided as they did. */
function Reasons({ panel: { seats, state } }: { readonly panel: PanelTold }) {
  const t = useT();
  if (state !== "decided") return undefined;
  return (
    <section>
      <h2>{t("panels.reasons")}</h2>
      <ul className="plain">
        {seats.map(({ place, decision, reason }) =>
          decision ? (
            <li key={place} className="milestone">
              <h3>{t(`panels.says.${decision}`)}</h3>
              <p className="letter">{reason}</p>
            </li>
          ) : undefined,
        )}
      </ul>
    </section>
  );
}

/** The seats in the order of the lot, and what each decided once the panel has. */
function Seats({ panel: { seats, answerUntil } }: { readonly panel: PanelTold }) {
  const t = useT();
  if (seats.length === 0) return undefined;
  return (
    <section>
      <h2>{t("panels.seats")}</h2>
      <p className="hint">{t("panels.seats.says")}</p>
      {answerUntil ? (
        <p className="hint">
          {t("panels.seats.until")} <Until at={answerUntil} />
        </p>
      ) : undefined}
      <ul className="rows">
        {seats.map(({ place, name, mine, state, decision }) => (
          <li key={place}>
            <span>
              {name ?? t("panels.seat", { place })} {mine ? <small className="hint">{t("panels.seat.mine")}</small> : undefined}
            </span>
            <span>{decision ? t(`panels.says.${decision}`) : t(`panels.seat.${state}`)}</span>
          </li>
        ))}
      </ul>
    </section>
  );
}
