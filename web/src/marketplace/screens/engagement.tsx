// One engagement, the same page for its two sides: what is next and by whom, the clocks, the work, what is promised, and what was signed.
import { readEngagement } from "@partcommune/shared/marketplace/api";
import { useParams } from "@tanstack/react-router";
import { useWanted } from "../../platform/call.tsx";
import { useT } from "../../platform/i18n.tsx";
import { useLive } from "../../platform/live.tsx";
import { Guarantee } from "../../mutual/parts/promise.tsx";
import { Thread } from "../../platform/parts/thread.tsx";
import { useMoney } from "../../ui/money.tsx";
import { Link } from "../../ui/link.tsx";
import { Unfold } from "../../ui/unfold.tsx";
import { Amend } from "../parts/amend.tsx";
import { OpenAmendment, PastAmendments } from "../parts/amendments.tsx";
import { Cancellation } from "../parts/cancellation.tsx";
import { Clocks } from "../parts/clocks.tsx";
import { Cover } from "../parts/cover.tsx";
import { Into } from "../parts/into.tsx";
import { Milestones } from "../parts/milestones.tsx";
import { Next } from "../parts/next.tsx";
import { Quote } from "../parts/quote.tsx";
import { Decline, Signatures } from "../parts/signing.tsx";
import { References } from "../parts/references.tsx";
import { Timeline } from "../parts/timeline.tsx";
import type { EngagementTold } from "../parts/told.ts";
import { ForeignPrice } from "../parts/foreign-price.tsx";
import { Cancel } from "../parts/work.tsx";

export function Engagement() {
  const t = useT();
  const money = useMoney();
  const { engagement: id } = useParams({ strict: false });
  const engagement = useWanted(readEngagement, { engagement: id ?? "" }, `engagement:${id}`);
  useLive(`engagement:${engagement.id}`);
  const { title, client, member, team, state, acts, job } = engagement;
  const own = team.length > 1 ? team.find(({ you }) => you) : undefined;
  const bound = state !== "quoted" && state !== "lapsed";
  return (
    <article className="job">
      <header>
        <p className="steps">{t(`marketplace.engagement.state.${state}`)}</p>
        <h1>{title}</h1>
        <p>
          {team.length > 1 ? t("teams.between", { client, members: member }) : t("marketplace.engagement.between", { client, member })}
          {engagement.shared ? undefined : (
            <>
              {" "}
              · <a href="#thread">{t("platform.thread.title")}</a>
            </>
          )}
        </p>
        {engagement.shared ? <SharedWith engagement={engagement} shared={engagement.shared} /> : undefined}
        {own ? <p>{t("teams.part", { share: money(own.amount) })}</p> : undefined}
        {team.length > 1 ? (
          <p>{team.map(({ name, amount }) => t("teams.share", { name, share: money(amount) })).join(" · ")}</p>
        ) : undefined}
      </header>
      <Next engagement={engagement} />
      <OpenAmendment engagement={engagement} />
      {bound ? <Workspace engagement={engagement} /> : undefined}
      <ForeignPrice amount={engagement.amount} />
      {state === "quoted" ? (
        <div className="split">
          <Quote engagement={engagement} />
          {engagement.promise ? <Guarantee promise={engagement.promise} asked="now" /> : undefined}
        </div>
      ) : (
        <details className="folded">
          <summary>{t("marketplace.quote.read")}</summary>
          <Quote engagement={engagement} />
        </details>
      )}
      {acts.includes("chooseBudget") ? <Into engagement={engagement} /> : undefined}
      <PastAmendments engagement={engagement} />
      {acts.includes("proposeAmendment") ? (
        <Unfold says={t("workspace.amend.open")}>
          <Amend engagement={engagement} />
        </Unfold>
      ) : undefined}
      {state === "finished" ? <References engagement={engagement} /> : undefined}
      <Signatures engagement={engagement} />
      {bound || engagement.shared ? undefined : <Thread on={{ subjectKind: "engagement", subject: engagement.id }} />}
      {acts.includes("decline") ? <Decline engagement={engagement} /> : undefined}
      {acts.includes("cancel") ? <Cancel engagement={engagement.id} /> : undefined}
      <Cancellation engagement={engagement} />
      {job ? (
        <p>
          <Link to={`/jobs/${job}`}>{t("marketplace.engagement.job")}</Link>
        </p>
      ) : undefined}
    </article>
  );
}

type SharedProps = { readonly engagement: EngagementTold; readonly shared: NonNullable<EngagementTold["shared"]> };

/** Which part each of two coops has in the work. */
function SharedWith({ engagement: { client, member }, shared: { coop, isHome } }: SharedProps) {
  const t = useT();
  return <p>{isHome ? t("workspace.shared.home", { client, coop }) : t("workspace.shared.host", { member, coop })}</p>;
}

/** What stands between the next act and the quote once both have signed. */
function Workspace({ engagement }: { readonly engagement: EngagementTold }) {
  const [first, ...others] = engagement.milestones;
  const only = others.length === 0 ? first : undefined;
  return (
    <>
      {only && engagement.state !== "cancelled" ? <Clocks engagement={engagement} milestone={only} /> : undefined}
      <div className={engagement.shared ? "workspace" : "workspace with-thread"}>
        <Timeline engagement={engagement} />
        <Milestones engagement={engagement} />
        {engagement.shared ? undefined : <Thread on={{ subjectKind: "engagement", subject: engagement.id }} />}
      </div>
      <div className="pair">
        {engagement.coveredBy ? undefined : <Cover engagement={engagement} />}
        {engagement.promise ? <Guarantee promise={engagement.promise} asked="atSigning" mine={engagement.side === "member"} /> : undefined}
        {engagement.coveredBy ? <Cover engagement={engagement} /> : undefined}
      </div>
    </>
  );
}
