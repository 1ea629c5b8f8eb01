// The votes one is asked in: what waits for an answer first, then what one answered; and how often one is asked.
import { listOwnPanels, listOwnProposals, listOwnVotes } from "@partcommune/shared/governance/api";
import type { ToldOf } from "@partcommune/shared/platform/endpoint";
import { useWanted } from "../../platform/call.tsx";
import { useT } from "../../platform/i18n.tsx";
import { Link } from "../../ui/link.tsx";
import { Until } from "../../ui/when.tsx";
import { ProposalRow } from "../parts/proposal-row.tsx";

type Told = ToldOf<typeof listOwnVotes>["items"][number];

export function MyVotes() {
  const t = useT();
  const { items, askedThisMonth, mostAMonth } = useWanted(listOwnVotes, {}, "votes");
  const own = useWanted(listOwnProposals, {}, "proposals");
  const open = items.filter(({ state }) => state === "open" || state === "extended");
  const before = items.filter((vote) => !open.includes(vote));
  return (
    <section>
      <h1>{t("votes.mine.title")}</h1>
      <p className="lead">{t("votes.mine.asked", { count: askedThisMonth, most: mostAMonth })}</p>
      <p className="acts">
        <Link to="/participation">{t("votes.toParticipation")}</Link>
      </p>
      <Drawn />
      <h2>{t("votes.mine.open")}</h2>
      {open.length === 0 ? (
        <p>
          {t("votes.mine.none")} <Link to="/proposals">{t("votes.mine.seeProposals")}</Link>
        </p>
      ) : (
        <ul className="rows">
          {open.map((vote) => (
            <OpenVote key={vote.id} vote={vote} />
          ))}
        </ul>
      )}
      {before.length > 0 ? (
        <>
          <h2>{t("votes.mine.before")}</h2>
          <ul className="rows">
            {before.map((vote) => (
              <li key={vote.id}>
                <Link to={`/votes/${vote.id}`}>{vote.title}</Link>
                <span>
                  {vote.outcome ? t(`votes.outcome.${vote.outcome}`) : t(`votes.stands.${vote.state}`)} ·{" "}
                  {t(vote.cast ? "votes.mine.cast" : "votes.mine.notCast")}
                </span>
              </li>
            ))}
          </ul>
        </>
      ) : undefined}
      {own.items.length > 0 ? (
        <>
          <h2>{t("votes.mine.proposals")}</h2>
          <ul className="rows">
            {own.items.map((card) => (
              <ProposalRow key={card.id} card={card} />
            ))}
          </ul>
        </>
      ) : undefined}
    </section>
  );
}

/** The seats, decisions and seeds that wait for whoever was drawn, or sits on the board. */
function Drawn() {
  const t = useT();
  const { items } = useWanted(listOwnPanels, {}, "panels");
  if (items.length === 0) return undefined;
  return (
    <>
      <h2>{t("panels.mine")}</h2>
      <ul className="rows">
        {items.map(({ id, title, waits, until }) => (
          <li key={id}>
            <Link to={waits === "answer" || waits === "decision" ? `/panels/${id}` : `/lots/${id}`}>{title}</Link>
            <span>
              {t(`panels.waits.${waits}`)} · <Until at={until} />
            </span>
          </li>
        ))}
      </ul>
    </>
  );
}

function OpenVote({ vote: { id, title, closesAt, gathering, cast } }: { readonly vote: Told }) {
  const t = useT();
  return (
    <li>
      <Link to={`/votes/${id}`}>{title}</Link>
      <span>
        {t(cast ? "votes.mine.cast" : "votes.mine.waits")} ·{" "}
        {gathering ? <Link to={`/gatherings/${gathering}`}>{t("votes.mine.inAssembly")}</Link> : <Until at={closesAt} />}
      </span>
    </li>
  );
}
