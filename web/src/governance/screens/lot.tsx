// A lot: the pool without names, who gave which number, and the order drawn from them, which the reader's own browser draws again.
import { readLot } from "@partcommune/shared/governance/api";
import type { ToldOf } from "@partcommune/shared/platform/endpoint";
import { getRouteApi } from "@tanstack/react-router";
import { useWanted } from "../../platform/call.tsx";
import { useT } from "../../platform/i18n.tsx";
import { useLive } from "../../platform/live.tsx";
import { Fact } from "../../ui/fact.tsx";
import { later } from "../../ui/later.tsx";
import { Link } from "../../ui/link.tsx";
import { Until } from "../../ui/when.tsx";

export type LotTold = ToldOf<typeof readLot>;

const GiveSeed = later(async () => (await import("../parts/seed.tsx")).GiveSeed);
const DrawAgain = later(async () => (await import("../parts/draw-again.tsx")).DrawAgain);
const route = getRouteApi("/$language/lots/$lot");

export function Lot() {
  const t = useT();
  const { lot: id } = route.useParams();
  useLive(`lot:${id}`);
  const lot = useWanted(readLot, { lot: id }, `lot:${id}`);
  return (
    <article className="job">
      <h1>{t("panels.lot.title")}</h1>
      <p className="lead">{t("panels.lot.lead", { title: lot.title })}</p>
      <dl className="facts">
        <Fact says={t("panels.fact.state")}>
          {t(`panels.lot.state.${lot.state}`)} {lot.until ? <Until at={lot.until} /> : undefined}
        </Fact>
        <Fact says={t("panels.lot.pool")}>{lot.pool.length}</Fact>
        <Fact says={t("panels.lot.wanted")}>{lot.wanted}</Fact>
      </dl>
      {lot.attempt > 1 ? <p className="kept">{t("panels.lot.again", { attempt: lot.attempt })}</p> : undefined}
      <p className="acts">
        <Link to={`/panels/${lot.panel}`}>{t("panels.to.panel")}</Link>
      </p>
      <GiveSeed lot={lot} />
      {lot.mine.entry ? <p>{t(lot.drawn.includes(lot.mine.entry) ? "panels.lot.mine.drawn" : "panels.lot.mine")}</p> : undefined}
      {lot.mine.entry ? <p className="code">{lot.mine.entry}</p> : undefined}
      <Parties lot={lot} />
      <Drawn lot={lot} />
      <details className="unfold">
        <summary>{t("panels.lot.entries", { count: lot.pool.length })}</summary>
        <p className="hint">{t("panels.lot.root")}</p>
        <p className="code">{lot.poolRoot}</p>
        <pre className="code">{lot.pool.join("\n")}</pre>
      </details>
    </article>
  );
}

/** Who gave a number, its fingerprint, and the number once it is shown. */
function Parties({ lot: { parties, state } }: { readonly lot: LotTold }) {
  const t = useT();
  return (
    <section>
      <h2>{t("panels.lot.parties")}</h2>
      <p className="hint">{t("panels.lot.parties.says")}</p>
      <ul className="plain">
        {parties.map(({ party, name, hash, seed }) => (
          <li key={party} className="milestone">
            <h3>{name ?? t("panels.lot.server")}</h3>
            <p className="hint">{t("panels.lot.hash")}</p>
            <p className="code">{hash}</p>
            {seed ? (
              <>
                <p className="hint">{t("panels.lot.seed")}</p>
                <p className="code">{seed}</p>
              </>
            ) : (
              <p>{t(state === "void" && name ? "panels.lot.withheld" : "panels.lot.hidden")}</p>
            )}
          </li>
        ))}
      </ul>
    </section>
  );
}

/** The first of the order, once it is drawn. */
function Drawn({ lot }: { readonly lot: LotTold }) {
  const t = useT();
  if (lot.drawn.length === 0) return undefined;
  return (
    <section>
      <h2>{t("panels.lot.drawn")}</h2>
      <ol>
        {lot.drawn.map((entry) => (
          <li key={entry} className="code">
            {entry}
          </li>
        ))}
      </ol>
      <DrawAgain lot={lot} />
    </section>
  );
}
