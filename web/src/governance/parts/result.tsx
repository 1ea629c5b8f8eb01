// What a vote came to: the outcome, every stage of the count, the votes one by one, and a recount in the reader's own browser.
import type { readTally } from "@partcommune/shared/governance/api";
import type { Notice } from "@partcommune/shared/governance/rules/notice";
import type { Came } from "@partcommune/shared/governance/rules/turnout";
import type { ToldOf } from "@partcommune/shared/platform/endpoint";
import { useT } from "../../platform/i18n.tsx";
import { Fact } from "../../ui/fact.tsx";
import { later } from "../../ui/later.tsx";
import type { VoteTold } from "../screens/vote.tsx";
import { Stages } from "./stages.tsx";

type TallyTold = ToldOf<typeof readTally>;
export type Tally = {
  readonly roll: number;
  readonly cast: number;
  readonly came: readonly Came[];
  readonly outcome: string;
  readonly winner?: string;
  readonly elected?: readonly string[];
  readonly stages: unknown;
};

const Calls = later(async () => (await import("./calls.tsx")).Calls);
const Recount = later(async () => (await import("./recount.tsx")).Recount);

export function Result({ vote, notice, told }: { readonly vote: VoteTold; readonly notice: Notice; readonly told: TallyTold }) {
  const t = useT();
  const tally = JSON.parse(told.tally) as Tally;
  const named = (key: string): string => notice.options.find((option) => option.key === key)?.title ?? notice.titles[key] ?? key;
  const ofCollege = ({ college, cast, roll }: Came): string =>
    t("votes.turnout.college", { college: t(`governance.college.${college}`), cast, roll });
  return (
    <section aria-labelledby="result" className="job">
      <h2 id="result">{t("votes.result")}</h2>
      <p className="sum">
        <strong>{t(`votes.outcome.${vote.state === "annulled" ? "annulled" : (vote.outcome ?? "rejected")}`)}</strong>
      </p>
      {vote.state === "annulled" ? <p>{t("votes.annulled")}</p> : undefined}
      {notice.everyCollege && tally.outcome === "noQuorum" ? <p>{t("votes.turnout.missed")}</p> : undefined}
      <dl className="facts">
        <Fact says={t("votes.fact.turnout")}>{t("votes.turnout", { cast: tally.cast, roll: tally.roll })}</Fact>
        {tally.came.length > 1 ? <Fact says={t("votes.fact.turnoutOf")}>{tally.came.map(ofCollege).join(" · ")}</Fact> : undefined}
        {tally.elected ? <Fact says={t("votes.fact.elected")}>{tally.elected.map(named).join(", ")}</Fact> : undefined}
        {tally.winner && notice.options.length > 0 ? <Fact says={t("votes.fact.winner")}>{named(tally.winner)}</Fact> : undefined}
      </dl>
      <Stages notice={notice} stages={tally.stages} />
      {vote.mode === "paper" ? (
        <Counts told={told} />
      ) : (
        <>
          <Recount notice={notice} told={told} />
          <Calls notice={notice} count={tally.cast} />
        </>
      )}
    </section>
  );
}

/** What each teller counted, round by round. */
function Counts({ told: { counts } }: { readonly told: TallyTold }) {
  const t = useT();
  return (
    <ul className="rows">
      {counts.map(({ by, round, ...papers }) => (
        <li key={`${round} ${by}`}>
          <span>{t("votes.counts.by", { name: by, round })}</span>
          <span>{t("votes.counts", papers)}</span>
        </li>
      ))}
    </ul>
  );
}
