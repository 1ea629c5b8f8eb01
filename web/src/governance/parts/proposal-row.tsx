// A proposal in a few words: in a list its question, who asks and where it stands; on its page and its vote what it would do.
import type { listProposals } from "@partcommune/shared/governance/api";
import type { Payload } from "@partcommune/shared/governance/rules/proposal";
import type { ToldOf } from "@partcommune/shared/platform/endpoint";
import { useT } from "../../platform/i18n.tsx";
import { decimalFrom } from "../../ui/decimal.ts";
import { Link } from "../../ui/link.tsx";
import { useMoney } from "../../ui/money.tsx";
import { Until, useDay } from "../../ui/when.tsx";
import { TermsTable } from "./terms.tsx";

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

type AskedProps = { readonly payload: Payload; readonly currency: string; readonly name?: string | undefined };

/** What it would do, in one sentence, where that is no change of a rule; `name`: of who would be let in. */
export function Asked({ payload, currency, name = "–" }: AskedProps) {
  const t = useT();
  const say = useMoney();
  const day = useDay();
  if (payload.kind === "bylaws") return undefined;
  if (payload.kind === "treaty") return <AskedTreaty payload={payload} />;
  const values = {
    name,
    ...(payload.kind === "election" ? { college: t(`governance.college.${payload.college}`) } : {}),
    ...(payload.kind === "budget"
      ? {
          amount: say({ amount: decimalFrom(payload.amount, currency), currency }),
          pot: t(`governance.pot.${payload.pot}`),
          purpose: payload.purpose,
          until: day(payload.until),
        }
      : {}),
  };
  return <p className="kept">{t(`votes.asks.${payload.kind}`, values)}</p>;
}

/** The treaty it would make, term by term, or the one it would end. */
function AskedTreaty({
  payload: { act, host, name, origin, terms, mandate, hash },
}: {
  readonly payload: Extract<Payload, { kind: "treaty" }>;
}) {
  const t = useT();
  return (
    <>
      <p className="kept">{t(`votes.asks.treaty.${act}`, { name, origin: new URL(origin).host })}</p>
      <p>
        <Link to={`/sisters/${host}`}>{t("votes.treaty.page", { name })}</Link>
      </p>
      {terms ? (
        <TermsTable
          terms={terms}
          mandate={mandate}
          caption={t(hash ? "votes.treaty.caption.theirs" : "votes.treaty.caption.proposed", { name })}
        />
      ) : undefined}
    </>
  );
}
