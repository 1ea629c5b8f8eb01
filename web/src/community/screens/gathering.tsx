// One gathering: when and where, what it is about, who comes, and whether the reader does.
import { readGathering, readGatheringFile } from "@partcommune/shared/community/api";
import { readSession } from "@partcommune/shared/platform/api";
import { pathWith, type ToldOf } from "@partcommune/shared/platform/endpoint";
import { getRouteApi } from "@tanstack/react-router";
import { useWanted } from "../../platform/call.tsx";
import { useSpeech, useT } from "../../platform/i18n.tsx";
import { useLive } from "../../platform/live.tsx";
import { Fact } from "../../ui/fact.tsx";
import { later } from "../../ui/later.tsx";
import { Link } from "../../ui/link.tsx";
import { Markdown } from "../../ui/markdown.tsx";
import { Assembly } from "../parts/agenda.tsx";
import { Hours } from "../parts/hours.tsx";
import { Now } from "../parts/now.tsx";

export type GatheringTold = ToldOf<typeof readGathering>;

const Coming = later(async () => (await import("../parts/coming.tsx")).Coming);
const route = getRouteApi("/$language/gatherings/$gathering");

export function Gathering() {
  const t = useT();
  const { gathering: id } = route.useParams();
  useLive(`gathering:${id}`);
  const gathering = useWanted(readGathering, { gathering: id }, `gathering:${id}`);
  const { title, html, language, access, cancelledBecause } = gathering;
  return (
    <article className="job">
      <h1 lang={language}>{title}</h1>
      {cancelledBecause ? (
        <p className="kept">
          <strong>{t("community.state.cancelled")}</strong> <span lang={language}>{cancelledBecause}</span>
        </p>
      ) : undefined}
      {gathering.kind === "assembly" ? <Now id={id} /> : undefined}
      <Facts gathering={gathering} />
      <Markdown html={html} lang={language} />
      {gathering.kind === "assembly" ? <Assembly id={id} /> : undefined}
      {access ? (
        <>
          <h2>{t("community.access")}</h2>
          <p className="letter" lang={language}>
            {access}
          </p>
        </>
      ) : undefined}
      <p className="acts">
        <a href={pathWith(readGatheringFile.path, { gathering: id })}>{t("community.file")}</a>
      </p>
      <Mine gathering={gathering} />
    </article>
  );
}

function Facts({ gathering }: { readonly gathering: GatheringTold }) {
  const t = useT();
  const { kind, state, from, until, zone, place, online, link, capacity, free, calledBy, going, maybe, waiting } = gathering;
  const counts = [
    t("community.going", { count: going }),
    ...(maybe > 0 ? [t("community.maybe", { count: maybe })] : []),
    ...(waiting > 0 ? [t("community.waiting", { count: waiting })] : []),
  ];
  return (
    <dl className="facts">
      <Fact says={t("community.when")}>
        <Hours from={from} until={until} zone={zone} />
      </Fact>
      {place ? <Fact says={t("community.where")}>{place}</Fact> : undefined}
      {online ? <Fact says={t("community.online")}>{link ? <a href={link}>{link}</a> : t("community.link.later")}</Fact> : undefined}
      {capacity === undefined ? undefined : (
        <Fact says={t("community.places")}>{t("community.places.of", { free: free ?? 0, capacity })}</Fact>
      )}
      {state === "called" || kind === "open" ? <Fact says={t("community.who")}>{counts.join(" · ")}</Fact> : undefined}
      <Fact says={t(kind === "assembly" ? "community.convenedBy" : "community.calledBy")}>{calledBy}</Fact>
    </dl>
  );
}

/** What the reader says; a visitor is shown the way in. */
function Mine({ gathering }: { readonly gathering: GatheringTold }) {
  const t = useT();
  const { language } = useSpeech();
  const { person } = useWanted(readSession, {});
  if (person) return <Coming gathering={gathering} />;
  if (gathering.state === "cancelled") return undefined;
  return (
    <p className="acts">
      <Link to="/sign-in" search={{ next: `/${language}/gatherings/${gathering.id}` }}>
        {t("community.signIn")}
      </Link>
    </p>
  );
}
