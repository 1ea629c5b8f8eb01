// Who takes part: how many came to the last votes and from where, how often members are asked, and what waits for its day.
import { listOwnVotes, readParticipation } from "@partcommune/shared/governance/api";
import { readSession } from "@partcommune/shared/platform/api";
import type { ToldOf } from "@partcommune/shared/platform/endpoint";
import { useAsked, useWanted } from "../../platform/call.tsx";
import { useT } from "../../platform/i18n.tsx";
import { Link } from "../../ui/link.tsx";
import { useStampDay } from "../../ui/when.tsx";
import { isMember } from "../../platform/parts/is-member.ts";
import { Turnout } from "../parts/turnout.tsx";

type Told = ToldOf<typeof readParticipation>;

export function Participation() {
  const t = useT();
  const told = useWanted(readParticipation, {}, "votes");
  const { person } = useWanted(readSession, {});
  return (
    <article className="job">
      <h1>{t("participation.title")}</h1>
      <p className="lead">{t("participation.lead")}</p>
      <Turnout told={told} />
      <Asked told={told} />
      <Line line={told.line} />
      {person ? <Mine member={isMember(person.stage)} /> : undefined}
    </article>
  );
}

function Asked({ told: { openThisMonth, mostAMonth } }: { readonly told: Told }) {
  const t = useT();
  return (
    <section>
      <h2>{t("participation.asked")}</h2>
      <p>
        {t("participation.asked.count", { count: openThisMonth, most: mostAMonth })}{" "}
        <Link to="/bylaws/vote.monthlyLimit">{t("participation.asked.rule")}</Link>
      </p>
    </section>
  );
}

function Line({ line }: Pick<Told, "line">) {
  const t = useT();
  const day = useStampDay();
  return (
    <section>
      <h2>{t("participation.line")}</h2>
      {line.length === 0 ? (
        <p>
          {t("participation.line.none")} <Link to="/proposals">{t("votes.mine.seeProposals")}</Link>
        </p>
      ) : (
        <>
          <ol className="rows">
            {line.map(({ proposal, title, place, opensAt }) => (
              <li key={proposal}>
                <Link to={`/proposals/${proposal}`}>{title}</Link>
                <span>{t("participation.line.place", { place, day: day(opensAt) })}</span>
              </li>
            ))}
          </ol>
          <p className="hint">{t("participation.line.why")}</p>
        </>
      )}
    </section>
  );
}

/** In which votes one was asked and whether one came; how one voted stands on the page of the vote. */
function Mine({ member }: { readonly member: boolean }) {
  const t = useT();
  const told = useAsked(listOwnVotes, {}, true, "votes");
  if (!told) return undefined;
  const { items, askedThisMonth, mostAMonth } = told;
  return (
    <section>
      <h2>{t("participation.mine")}</h2>
      <p>{t("votes.mine.asked", { count: askedThisMonth, most: mostAMonth })}</p>
      {items.length === 0 ? <p>{t("participation.mine.none")}</p> : undefined}
      <ul className="rows">
        {items.slice(0, 10).map(({ id, title, cast, state }) => (
          <li key={id}>
            <Link to={`/votes/${id}`}>{title}</Link>
            <span>
              {t(cast ? "votes.mine.cast" : state === "open" || state === "extended" ? "votes.mine.waits" : "votes.mine.notCast")}
            </span>
          </li>
        ))}
      </ul>
      <p className="hint">
        {t("participation.mine.seen")} {member ? <Link to="/my/votes">{t("votes.mine.title")}</Link> : undefined}
      </p>
    </section>
  );
}
