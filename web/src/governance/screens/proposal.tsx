// One proposal: the question, what would change, why, who stands behind it, and what the reader can do about it.
import { readProposal } from "@partcommune/shared/governance/api";
import type { Payload } from "@partcommune/shared/governance/rules/proposal";
import { readCoop, readSession } from "@partcommune/shared/platform/api";
import type { ToldOf } from "@partcommune/shared/platform/endpoint";
import { getRouteApi } from "@tanstack/react-router";
import { useWanted } from "../../platform/call.tsx";
import { useT } from "../../platform/i18n.tsx";
import { useLive } from "../../platform/live.tsx";
import { Fact } from "../../ui/fact.tsx";
import { later } from "../../ui/later.tsx";
import { Link } from "../../ui/link.tsx";
import { Markdown } from "../../ui/markdown.tsx";
import { At, Until } from "../../ui/when.tsx";
import { Arguments } from "../parts/arguments.tsx";
import { Differences } from "../parts/differences.tsx";
import { Effects } from "../parts/effects.tsx";
import { Panels } from "../parts/panels.tsx";
import { Asked, ProposalRow } from "../parts/proposal-row.tsx";
import { Purpose } from "../parts/purpose.tsx";

export type ProposalTold = ToldOf<typeof readProposal>;

const Thread = later(async () => (await import("../../platform/parts/thread.tsx")).Thread);
const Carrying = later(async () => (await import("../parts/carrying.tsx")).Carrying);
const route = getRouteApi("/$language/proposals/$proposal");

export function Proposal() {
  const t = useT();
  const { proposal: id } = route.useParams();
  useLive(`proposal:${id}`);
  const proposal = useWanted(readProposal, { proposal: id }, `proposal:${id}`);
  const { currency = "EUR" } = useWanted(readCoop, {});
  const { person } = useWanted(readSession, {});
  const { title, html, language, differences, rivals, vote, amends, state } = proposal;
  return (
    <article className="job">
      <h1>{title}</h1>
      <Standing proposal={proposal} />
      {amends ? (
        <p>
          <Link to={`/proposals/${amends}`}>{t("votes.amends")}</Link>
        </p>
      ) : undefined}
      {vote ? (
        <p className="acts">
          <Link to={`/votes/${vote}`} className="button">
            {t("votes.toVote")}
          </Link>
        </p>
      ) : undefined}
      <Differences differences={differences} currency={currency} />
      {proposal.kind === "bylaws" ? <Effects proposal={id} /> : undefined}
      {differences.some(({ key }) => /^(fund|pot|guarantee|reserve|coverage)\./.test(key)) ? (
        <p>
          <Link to="/fund/stress">{t("votes.toStress")}</Link>
        </p>
      ) : undefined}
      <Asks proposal={proposal} currency={currency} />
      {proposal.kind === "budget" && proposal.state === "enacted" ? <Purpose proposal={id} /> : undefined}
      <Markdown html={html} lang={language} />
      <Candidates proposal={proposal} />
      <Carrying proposal={proposal} />
      <Arguments said={proposal.arguments} />
      {person && state !== "draft" ? (
        <Thread on={{ subjectKind: "proposal", subject: id }} says={t("votes.discussion")} hint={t("votes.discussion.hint")} />
      ) : undefined}
      {rivals.length > 0 ? (
        <section>
          <h2>{t("votes.rivals")}</h2>
          <ul className="rows">
            {rivals.map((rival) => (
              <ProposalRow key={rival.id} card={rival} />
            ))}
          </ul>
        </section>
      ) : undefined}
      <Judges proposal={proposal} />
      <Appealed proposal={proposal} />
      <Revisions proposal={proposal} />
    </article>
  );
}

/** Where it stands, until when, how grave it is, and who stands behind it. */
function Standing({ proposal }: { readonly proposal: ProposalTold }) {
  const t = useT();
  const { state, until, author, class: class_, sponsors, sponsorsNeeded, repeatsUntil, place, reading, inAssembly, assembly } = proposal;
  return (
    <dl className="facts">
      <Fact says={t("votes.fact.state")}>
        {t(`votes.state.${state}`)} {until ? <Until at={until} /> : undefined}
        {place ? ` · ${t("votes.place", { place })}` : undefined}
        {reading === 2 ? ` · ${t("votes.secondReading")}` : undefined}
        {inAssembly && !assembly ? ` · ${t("votes.forAssembly")}` : undefined}
      </Fact>
      {assembly ? (
        <Fact says={t("votes.fact.assembly")}>
          <Link to={`/gatherings/${assembly.gathering}`}>
            {t("votes.assemblyOf")} <At at={assembly.from} />
          </Link>
        </Fact>
      ) : undefined}
      <Fact says={t(author === undefined ? "votes.fact.origin" : "votes.fact.author")}>{author ?? t("votes.author.clock")}</Fact>
      <Fact says={t("votes.fact.class")}>{t(`governance.class.${class_}`)}</Fact>
      {sponsorsNeeded > 0 ? (
        <Fact says={t("votes.fact.sponsors")}>
          {t("votes.sponsors.of", { count: sponsors, needed: sponsorsNeeded })}
          {repeatsUntil ? (
            <small className="hint">
              {" "}
              {t("votes.repeats")} <Until at={repeatsUntil} />
            </small>
          ) : undefined}
        </Fact>
      ) : undefined}
    </dl>
  );
}

/** What it would do, where that is no change of a rule, and what one can choose between. */
function Asks({ proposal: { payload, applicant }, currency }: { readonly proposal: ProposalTold; readonly currency: string }) {
  const t = useT();
  const answers = payload.kind === "resolution" ? (payload.answers ?? []) : [];
  return (
    <>
      <Asked payload={payload as Payload} currency={currency} name={applicant?.name} />
      {applicant?.words ? (
        <>
          <h2>{t("votes.admission.words", { name: applicant.name })}</h2>
          <blockquote className="letter">{applicant.words}</blockquote>
        </>
      ) : undefined}
      {answers.length > 0 ? (
        <ul>
          {answers.map((answer) => (
            <li key={answer}>{answer}</li>
          ))}
        </ul>
      ) : undefined}
    </>
  );
}

function Candidates({ proposal: { candidates, kind } }: { readonly proposal: ProposalTold }) {
  const t = useT();
  if (kind !== "election") return undefined;
  return (
    <section>
      <h2>{t("votes.candidates")}</h2>
      {candidates.length === 0 ? <p>{t("votes.candidates.empty")}</p> : undefined}
      <ul className="plain">
        {candidates.map(({ id, name, text }) => (
          <li key={id} className="milestone">
            <h3>{name}</h3>
            <p className="letter">{text}</p>
          </li>
        ))}
      </ul>
    </section>
  );
}

/** The two who looked whether it may be voted, and what they said. */
function Judges({ proposal: { judges } }: { readonly proposal: ProposalTold }) {
  const t = useT();
  if (judges.length === 0) return undefined;
  return (
    <section>
      <h2>{t("votes.judges")}</h2>
      <p className="hint">{t("votes.judges.says")}</p>
      <ul className="rows">
        {judges.map(({ seat, name, admissible, ground, text }) => (
          <li key={seat}>
            <span>
              {name} <small className="hint">{t(`votes.judge.${seat}`)}</small>
            </span>
            <span>
              {admissible === undefined ? t("votes.judge.waits") : admissible ? t("votes.judge.yes") : t("votes.judge.no")}
              {ground ? ` · ${t(`votes.ground.${ground}`)}` : undefined}
              {text ? " " : undefined}
              {text ? <small className="hint">{text}</small> : undefined}
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}

/** The panel that looks at a no once more. */
function Appealed({ proposal: { panels } }: { readonly proposal: ProposalTold }) {
  const t = useT();
  if (panels.length === 0) return undefined;
  return (
    <section>
      <h2>{t("panels.appealed")}</h2>
      <Panels panels={panels} />
    </section>
  );
}

function Revisions({ proposal: { id, revisions, version } }: { readonly proposal: ProposalTold }) {
  const t = useT();
  if (revisions.length < 2) return undefined;
  return (
    <details className="unfold">
      <summary>{t("votes.revisions", { count: revisions.length })}</summary>
      <ul className="rows">
        {revisions.map((revision) => (
          <li key={revision.version}>
            <span>
              {revision.version === version ? (
                t("votes.revision", { version: revision.version })
              ) : (
                <Link to={`/proposals/${id}/revisions/${revision.version}`}>{t("votes.revision", { version: revision.version })}</Link>
              )}
            </span>
            <At at={revision.at} />
          </li>
        ))}
      </ul>
    </details>
  );
}
