// A vote: the question and its days, one's own ballot in three steps, and once it is counted what it came to.
import { readTally, readVote } from "@partcommune/shared/governance/api";
import type { Notice } from "@partcommune/shared/governance/rules/notice";
import { isAboutPeople } from "@partcommune/shared/governance/rules/secrecy";
import { readCoop, readSession } from "@partcommune/shared/platform/api";
import type { ToldOf } from "@partcommune/shared/platform/endpoint";
import { getRouteApi } from "@tanstack/react-router";
import { useWanted } from "../../platform/call.tsx";
import { useT } from "../../platform/i18n.tsx";
import { useLive } from "../../platform/live.tsx";
import { Fact } from "../../ui/fact.tsx";
import { later } from "../../ui/later.tsx";
import { Link } from "../../ui/link.tsx";
import { At } from "../../ui/when.tsx";
import { Contested } from "../parts/contested.tsx";
import { Asked } from "../parts/proposal-row.tsx";
import { NewRules } from "../parts/new-rules.tsx";
import { Result } from "../parts/result.tsx";
import { Roll } from "../parts/roll.tsx";

export type VoteTold = ToldOf<typeof readVote>;

const Ballot = later(async () => (await import("../parts/ballot.tsx")).Ballot);
const Contest = later(async () => (await import("../parts/contest.tsx")).Contest);
const route = getRouteApi("/$language/votes/$vote");

export function Vote() {
  const t = useT();
  const { vote: id } = route.useParams();
  useLive(`vote:${id}`);
  const vote = useWanted(readVote, { vote: id }, `vote:${id}`);
  const { currency = "EUR" } = useWanted(readCoop, {});
  const notice = JSON.parse(vote.notice) as Notice;
  return (
    <article className="job">
      <h1>{vote.title}</h1>
      <Days vote={vote} notice={notice} />
      <Openness notice={notice} />
      <NewRules notice={notice} currency={currency} />
      {Object.entries(notice.versions).map(([proposal, payload]) =>
        // Who would be let in stands in the question; a notice holds no names of applicants.
        payload.kind === "admission" ? undefined : <Asked key={proposal} payload={payload} currency={currency} />,
      )}
      <ul className="rows">
        {vote.proposals.map(({ id: proposal, title }) => (
          <li key={proposal}>
            <Link to={`/proposals/${proposal}`}>{t("votes.readWhy", { title })}</Link>
          </li>
        ))}
      </ul>
      {vote.outcome ? <Counted vote={vote} notice={notice} /> : <Mine vote={vote} notice={notice} />}
      <Roll vote={vote} />
      <details className="unfold">
        <summary>{t("votes.notice")}</summary>
        <p className="code">{vote.noticeHash}</p>
        <pre className="code">{JSON.stringify(notice, undefined, 2)}</pre>
      </details>
    </article>
  );
}

type Part = { readonly vote: VoteTold; readonly notice: Notice };

function Days({ vote, notice }: Part) {
  const t = useT();
  return (
    <dl className="facts">
      <Fact says={t("votes.fact.state")}>{t(`votes.stands.${vote.state}`)}</Fact>
      {notice.gathering ? (
        <Fact says={t("votes.fact.assembly")}>
          <Link to={`/gatherings/${notice.gathering}`}>
            {t("votes.assemblyOf")} <At at={vote.opensAt} />
          </Link>
          {" · "}
          {t("votes.inAssembly")}
        </Fact>
      ) : (
        <>
          <Fact says={t("votes.fact.opens")}>
            <At at={vote.opensAt} />
          </Fact>
          <Fact says={t("votes.fact.closes")}>
            <At at={vote.closesAt} />
          </Fact>
        </>
      )}
      <Fact says={t("votes.fact.class")}>{t(`governance.class.${vote.class}`)}</Fact>
      <Fact says={t("votes.fact.quorum")}>
        <Quorum vote={vote} notice={notice} />
      </Fact>
      {vote.rollSize === undefined ? undefined : <Fact says={t("votes.fact.roll")}>{vote.rollSize}</Fact>}
    </dl>
  );
}

/** How many must come, and what follows where too few do. How many have come is told after the close alone. */
function Quorum({ vote, notice }: Part) {
  const t = useT();
  const { quorum, everyCollege, convocation, extensionDays } = notice;
  const enough = (ppm: number): string =>
    ppm > 0
      ? t(everyCollege ? "votes.quorum.each" : "votes.quorum", { percent: `${ppm / 10_000}` })
      : t(everyCollege ? "votes.quorum.oneEach" : "votes.quorum.one");
  const isProlonged = vote.closesAt > notice.closesAt;
  const then = { enough: enough(quorum.secondPpm), count: extensionDays };
  return (
    <>
      {enough(isProlonged ? quorum.secondPpm : quorum.ppm)}
      {". "}
      {isProlonged ? t("votes.quorum.prolonged") : undefined}
      {convocation === 2 ? t("votes.quorum.second") : undefined}
      {!isProlonged && convocation === 1 && !vote.outcome
        ? t(extensionDays > 0 ? "votes.quorum.extends" : "votes.quorum.anew", then)
        : undefined}
    </>
  );
}

/** Whether names are public or the vote is on paper, and why, said before anybody votes. */
function Openness({ notice: { kind, openBecause, paperBecause } }: Pick<Part, "notice">) {
  const t = useT();
  if (paperBecause)
    return (
      <p className="kept">
        {t("votes.paper")} {t(`votes.paper.${paperBecause}`)}
      </p>
    );
  return (
    <p className="kept">
      {t(isAboutPeople(kind) ? "votes.rollCall.people" : "votes.rollCall")} {openBecause ? t(`votes.because.${openBecause}`) : undefined}
    </p>
  );
}

function Mine({ vote, notice }: Part) {
  const t = useT();
  const { person } = useWanted(readSession, {});
  if (vote.state === "annulled") return <p>{t("votes.calledOff")}</p>;
  if (!person) return <p>{t("votes.signIn")}</p>;
  if (vote.state === "convened") return <p>{t(notice.gathering ? "votes.notYet.assembly" : "votes.notYet")}</p>;
  if (vote.state === "closed") return <p>{t("votes.counting")}</p>;
  if (vote.mode === "paper") return <p>{t("votes.paper.how")}</p>;
  if (!vote.mine?.onRoll) return vote.mine?.absent ? undefined : <p>{t("votes.notOnRoll")}</p>;
  return <Ballot vote={vote} notice={notice} />;
}

function Counted({ vote, notice }: Part) {
  const told = useWanted(readTally, { vote: vote.id });
  return (
    <>
      <Result vote={vote} notice={notice} told={told} />
      <Contested vote={vote} />
      {vote.state === "counted" && vote.mine?.onRoll ? <Contest vote={vote} /> : undefined}
    </>
  );
}
