// What members ask each other: what is voted now, what is talked about, what waits, and what was decided.
import { listProposals } from "@partcommune/shared/governance/api";
import { placed } from "@partcommune/shared/membership/rules";
import { readSession } from "@partcommune/shared/platform/api";
import type { ToldOf } from "@partcommune/shared/platform/endpoint";
import { useWanted } from "../../platform/call.tsx";
import { useT } from "../../platform/i18n.tsx";
import { Link } from "../../ui/link.tsx";
import { ProposalRow } from "../parts/proposal-row.tsx";

type Card = ToldOf<typeof listProposals>["items"][number];

/** What a reader looks for, and the states that belong to it. */
const shelves = [
  ["convened", ["convened"]],
  ["deliberation", ["deliberation", "final"]],
  ["idea", ["idea"]],
  ["waiting", ["admitted"]],
  ["decided", ["passed", "enacted", "rejected", "noQuorum", "blocked", "annulled", "inadmissible", "lapsed", "withdrawn", "merged"]],
] as const satisfies readonly (readonly [string, readonly Card["state"][]])[];

export function Proposals() {
  const t = useT();
  const { items } = useWanted(listProposals, { limit: 200 }, "proposals");
  const { person } = useWanted(readSession, {});
  return (
    <section>
      <h1>{t("votes.proposals.title")}</h1>
      <p className="lead">{t("votes.proposals.lead")}</p>
      <p className="acts">
        {person?.stage === "associate" ? (
          <Link to="/proposals/new" className="button">
            {t("votes.write")}
          </Link>
        ) : undefined}
        {placed.some((stage) => stage === person?.stage) ? <Link to="/my/votes">{t("votes.mine.title")}</Link> : undefined}
        <Link to="/board">{t("votes.toBoard")}</Link>
        <Link to="/bylaws">{t("votes.toBylaws")}</Link>
        <Link to="/participation">{t("votes.toParticipation")}</Link>
      </p>
      {items.length === 0 ? <p>{t("votes.proposals.empty")}</p> : undefined}
      {shelves.map(([shelf, states]) => (
        <Shelf key={shelf} says={t(`votes.shelf.${shelf}`)} cards={items.filter(({ state }) => states.some((each) => each === state))} />
      ))}
    </section>
  );
}

function Shelf({ says, cards }: { readonly says: string; readonly cards: readonly Card[] }) {
  if (cards.length === 0) return undefined;
  return (
    <>
      <h2>{says}</h2>
      <ul className="rows">
        {cards.map((card) => (
          <ProposalRow key={card.id} card={card} />
        ))}
      </ul>
    </>
  );
}
