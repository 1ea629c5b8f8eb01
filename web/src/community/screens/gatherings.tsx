// Where members meet: what is coming, the next one first, and what was.
import { listGatherings } from "@partcommune/shared/community/api";
import { readSession } from "@partcommune/shared/platform/api";
import type { ToldOf } from "@partcommune/shared/platform/endpoint";
import { useWanted } from "../../platform/call.tsx";
import { useT } from "../../platform/i18n.tsx";
import { later } from "../../ui/later.tsx";
import { Link } from "../../ui/link.tsx";
import { Unfold } from "../../ui/unfold.tsx";
import { callsGatherings } from "../parts/calls.ts";
import { Hours } from "../parts/hours.tsx";

type Card = ToldOf<typeof listGatherings>["items"][number];

const OwnCalendar = later(async () => (await import("../parts/own-calendar.tsx")).OwnCalendar);

export function Gatherings() {
  const t = useT();
  const { items: coming } = useWanted(listGatherings, { when: "coming" }, "gatherings");
  const { items: past } = useWanted(listGatherings, { when: "past" }, "gatherings");
  const { person } = useWanted(readSession, {});
  return (
    <section>
      <h1>{t("community.gatherings.title")}</h1>
      <p className="lead">{t("community.gatherings.lead")}</p>
      <p className="acts">
        {callsGatherings(person?.stage) ? (
          <Link to="/gatherings/new" className="button">
            {t("community.call.title")}
          </Link>
        ) : undefined}
        {person?.roles.includes("board") ? <Link to="/assemblies/new">{t("community.convene.title")}</Link> : undefined}
      </p>
      {coming.length === 0 ? <p>{t("community.gatherings.empty")}</p> : <Rows cards={coming} />}
      {person ? (
        <Unfold says={t("community.calendar.title")}>
          <OwnCalendar />
        </Unfold>
      ) : undefined}
      {past.length > 0 ? (
        <>
          <h2>{t("community.gatherings.past")}</h2>
          <Rows cards={past} />
        </>
      ) : undefined}
    </section>
  );
}

function Rows({ cards }: { readonly cards: readonly Card[] }) {
  return (
    <ul className="rows">
      {cards.map((card) => (
        <Row key={card.id} card={card} />
      ))}
    </ul>
  );
}

function Row({ card: { id, kind, title, language, state, from, until, zone, place, online, free } }: { readonly card: Card }) {
  const t = useT();
  const room = free === undefined ? undefined : t("community.free", { count: free });
  const standing = state === "cancelled" ? t("community.state.cancelled") : room;
  return (
    <li>
      <div>
        <Link to={`/gatherings/${id}`}>
          <span lang={language}>{title}</span>
        </Link>
        <p className="hint">
          {kind === "assembly" ? `${t("community.assembly")} · ` : undefined}
          <Hours from={from} until={until} zone={zone} />
        </p>
      </div>
      <span>{[place, online ? t("community.online") : undefined, standing].filter(Boolean).join(" · ")}</span>
    </li>
  );
}
