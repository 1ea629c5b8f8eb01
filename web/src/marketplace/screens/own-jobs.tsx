// A client's own jobs: what is being written, and what was posted, whatever became of it.
import { discardDraft, listDrafts, listOwnJobs } from "@partcommune/shared/marketplace/api";
import type { ToldOf } from "@partcommune/shared/platform/endpoint";
import { useSearch } from "@tanstack/react-router";
import { useAct, useWanted } from "../../platform/call.tsx";
import { useT } from "../../platform/i18n.tsx";
import { Link } from "../../ui/link.tsx";
import { Refusal } from "../../ui/refusal.tsx";
import { At, Until } from "../../ui/when.tsx";

type Draft = ToldOf<typeof listDrafts>["items"][number];
type Card = ToldOf<typeof listOwnJobs>["items"][number];

export function OwnJobs() {
  const t = useT();
  const { after }: { readonly after?: string } = useSearch({ strict: false });
  const { items, next } = useWanted(listOwnJobs, after ? { after } : {});
  const { items: drafts } = useWanted(listDrafts, {});
  return (
    <section>
      <h1>{t("marketplace.own.title")}</h1>
      <p>
        <Link to="/client/jobs/new" className="button">
          {t("marketplace.post.title")}
        </Link>
      </p>
      {drafts.length > 0 ? (
        <section aria-labelledby="drafts">
          <h2 id="drafts">{t("marketplace.own.drafts")}</h2>
          <ul className="rows">
            {drafts.map((draft) => (
              <DraftRow key={draft.id} draft={draft} />
            ))}
          </ul>
        </section>
      ) : undefined}
      <section aria-labelledby="posted">
        <h2 id="posted">{t("marketplace.own.posted")}</h2>
        {items.length === 0 ? <p role="status">{t("marketplace.own.none")}</p> : undefined}
        <ul className="rows">
          {items.map((card) => (
            <JobRow key={card.id} card={card} />
          ))}
        </ul>
      </section>
      {next ? (
        <p>
          <Link to="/client/jobs" search={{ after: next }}>
            {t("marketplace.own.more")}
          </Link>
        </p>
      ) : undefined}
    </section>
  );
}

function DraftRow({ draft: { id, title, client, keptAt } }: { readonly draft: Draft }) {
  const t = useT();
  const { act, busy, refusal } = useAct(discardDraft);
  return (
    <li>
      <div>
        <h3>
          <Link to="/client/jobs/new" search={{ draft: id }}>
            {title || t("marketplace.own.untitled")}
          </Link>
        </h3>
        <p>
          {client} · <At at={keptAt} />
        </p>
        <Refusal problem={refusal} />
      </div>
      <button type="button" className="faint" disabled={busy} onClick={() => void act({ draft: id })}>
        {t("marketplace.own.discard")}
      </button>
    </li>
  );
}

function JobRow({ card: { id, title, client, state, bidsUntil, lapsesAt, bids } }: { readonly card: Card }) {
  const t = useT();
  return (
    <li>
      <div>
        <h3>
          <Link to={`/jobs/${id}`}>{title}</Link>
        </h3>
        <p>
          {client} · {t(`marketplace.state.${state}`)}
          {state === "open" ? (
            <>
              {" "}
              <Until at={bidsUntil} />
            </>
          ) : undefined}
        </p>
        {lapsesAt && bids > 0 ? (
          <p>
            {t("marketplace.own.choose")} <Until at={lapsesAt} />
          </p>
        ) : undefined}
        <p>
          <Link to="/client/jobs/new" search={{ from: id }}>
            {t("marketplace.own.again")}
          </Link>
        </p>
      </div>
      {bids > 0 ? <p>{t("marketplace.bids.title", { count: bids })}</p> : undefined}
    </li>
  );
}
