// A proposal in a list: its question, who asks, where it stands and until when.
import type { listProposals } from "@partcommune/shared/governance/api";
import type { ToldOf } from "@partcommune/shared/platform/endpoint";
import { useT } from "../../platform/i18n.tsx";
import { Link } from "../../ui/link.tsx";
import { Until } from "../../ui/when.tsx";

type Card = ToldOf<typeof listProposals>["items"][number];

export function ProposalRow({ card }: { readonly card: Card }) {
  const t = useT();
  const { id, title, author, state, until, sponsors, sponsorsNeeded, vote } = card;
  return (
    <li>
      <span>
        <Link to={`/proposals/${id}`}>{title}</Link>{" "}
        <small className="hint">
          {author === undefined ? t("votes.author.clock") : t("votes.by", { name: author })} · {t(`votes.kind.${card.kind}`)}
        </small>
      </span>
      <span>
        {t(`votes.state.${state}`)}
        {state === "idea" ? ` · ${t("votes.sponsors.of", { count: sponsors, needed: sponsorsNeeded })}` : undefined}
        {until ? (
          <>
            {" "}
            <Until at={until} />
          </>
        ) : undefined}
        {vote ? (
          <>
            {" · "}
            <Link to={`/votes/${vote}`}>{t("votes.toVote")}</Link>
          </>
        ) : undefined}
      </span>
    </li>
  );
}
