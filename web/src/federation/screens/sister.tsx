// One coop: what passes between it and us, the treaty in words with every draft, the votes on it, and what the reader can do.
import { readSister } from "@partcommune/shared/federation/api/sisters";
import type { ToldOf } from "@partcommune/shared/platform/endpoint";
import { getRouteApi } from "@tanstack/react-router";
import { TermsTable } from "../../governance/parts/terms.tsx";
import { useWanted } from "../../platform/call.tsx";
import { useT } from "../../platform/i18n.tsx";
import { useLive } from "../../platform/live.tsx";
import { Fact } from "../../ui/fact.tsx";
import { Link } from "../../ui/link.tsx";
import { Unfold } from "../../ui/unfold.tsx";
import { At } from "../../ui/when.tsx";
import { Witnessed } from "../parts/witnessed.tsx";
import { TreatyActs } from "../parts/treaty-acts.tsx";

export { ProposeTreaty } from "../parts/propose.tsx";

export type SisterTold = ToldOf<typeof readSister>;

const route = getRouteApi("/$language/sisters/$host");

export function SisterPage() {
  const t = useT();
  const { host } = route.useParams();
  useLive("sisters");
  const sister = useWanted(readSister, { host }, "sisters");
  const { name, treaty, past, officer, witnessed } = sister;
  return (
    <article className="job">
      <h1>{name}</h1>
      <Standing sister={sister} />
      {treaty ? <Treaty sister={sister} treaty={treaty} /> : <Would name={name} />}
      <Asks sister={sister} />
      <Votes sister={sister} />
      {officer ? <TreatyActs sister={sister} /> : undefined}
      {treaty ? <Witnessed coops={[{ host, name, ...witnessed }]} /> : undefined}
      {past.length > 0 ? (
        <section>
          <h2>{t("federation.past")}</h2>
          <ul className="rows">
            {past.map(({ id, state, since, reason }) => (
              <li key={id}>
                <span>
                  {t(`federation.treaty.${state}`)} {reason ? <small className="hint">{reason}</small> : undefined}
                </span>
                <At at={since} />
              </li>
            ))}
          </ul>
        </section>
      ) : undefined}
    </article>
  );
}

/** Where it is, what it is to us, since when and why, and where one reads what it really posts. */
function Standing({ sister: { name, origin, mode, reason, since, following, currencies } }: { readonly sister: SisterTold }) {
  const t = useT();
  return (
    <dl className="facts">
      <Fact says={t("federation.fact.address")}>
        <a href={origin} rel="noopener noreferrer">
          {new URL(origin).host}
        </a>
        {currencies.length > 0 ? ` · ${currencies.join(", ")}` : ""}
      </Fact>
      <Fact says={t("federation.fact.mode")}>
        {t(`federation.mode.${mode}`)} <At at={since} />
        {reason ? <p className="letter">{reason}</p> : undefined}
      </Fact>
      <Fact says={t("federation.fact.posts")}>
        {following === "followed" && mode !== "blocked" ? (
          <Link to="/jobs">{t("federation.posts.here", { name })}</Link>
        ) : (
          <a href={`${origin}/jobs`} rel="noopener noreferrer">
            {t("federation.posts.there", { name })}
          </a>
        )}
      </Fact>
    </dl>
  );
}

/** What a treaty would change, before there is one. */
function Would({ name }: { readonly name: string }) {
  const t = useT();
  return (
    <section>
      <h2>{t("federation.would.title")}</h2>
      <ul>
        <li>{t("federation.would.jobs", { name })}</li>
        <li>{t("federation.would.money", { name })}</li>
        <li>{t("federation.would.apart")}</li>
        <li>{t("federation.would.both", { name })}</li>
      </ul>
    </section>
  );
}

type TreatyProps = { readonly sister: SisterTold; readonly treaty: NonNullable<SisterTold["treaty"]> };

function Treaty({ sister: { name }, treaty }: TreatyProps) {
  const t = useT();
  const { state, ours, terms, mandate, drafts, draft, iri } = treaty;
  const wish = drafts.findLast((each) => each.ours !== ours && each.draft > draft);
  return (
    <section>
      <h2>{t("federation.treaty.title")}</h2>
      <p role="status" className="kept">
        {t(`federation.says.${state}`, { name })}
      </p>
      <TermsTable terms={terms} mandate={state === "offered" ? mandate : undefined} caption={t("federation.terms", { number: draft })} />
      {wish && (state === "offered" || state === "received") ? (
        <>
          <h3>{wish.ours ? t("federation.wish.ours") : t("federation.wish.theirs", { name })}</h3>
          <TermsTable terms={wish.terms} before={terms} caption={t("federation.terms", { number: wish.draft })} />
        </>
      ) : undefined}
      {drafts.length > 1 ? <Drafts name={name} drafts={drafts} /> : undefined}
      {iri ? (
        <p>
          <a href={iri} rel="noopener noreferrer">
            {t("federation.agreement")}
          </a>
        </p>
      ) : undefined}
    </section>
  );
}

/** Every text that lay on the table, each beside the one before it. */
function Drafts({ name, drafts }: { readonly name: string; readonly drafts: TreatyProps["treaty"]["drafts"] }) {
  const t = useT();
  return (
    <Unfold says={t("federation.drafts", { count: drafts.length })}>
      {drafts.map(({ draft, ours, terms, at }, place) => (
        <section key={`${draft} ${String(ours)}`}>
          <h3>{ours ? t("federation.draft.ours", { number: draft }) : t("federation.draft.theirs", { number: draft, name })}</h3>
          <p className="hint">
            <At at={at} />
          </p>
          <TermsTable terms={terms} before={drafts[place - 1]?.terms} caption={t("federation.terms", { number: draft })} />
        </section>
      ))}
    </Unfold>
  );
}

/** What the reader can put to the members. */
function Asks({ sister: { host, name, asks, treaty } }: { readonly sister: SisterTold }) {
  const t = useT();
  const saying = { make: treaty?.state === "received" ? "yes" : treaty?.state === "offered" ? "other" : "make", end: "end" } as const;
  if (asks.length === 0) return undefined;
  return (
    <p className="acts">
      {asks.map((act) => (
        <Link key={act} to={`/sisters/${host}/${act}`} className="button">
          {t(`federation.ask.${saying[act]}`, { name })}
        </Link>
      ))}
    </p>
  );
}

function Votes({ sister: { proposals } }: { readonly sister: SisterTold }) {
  const t = useT();
  if (proposals.length === 0) return undefined;
  return (
    <section>
      <h2>{t("federation.votes")}</h2>
      <ul className="rows">
        {proposals.map(({ id, title, state }) => (
          <li key={id}>
            <Link to={`/proposals/${id}`}>{title}</Link>
            <span>{t(`votes.state.${state}`)}</span>
          </li>
        ))}
      </ul>
    </section>
  );
}
