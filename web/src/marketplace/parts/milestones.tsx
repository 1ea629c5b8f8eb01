// The milestones: their price, what was handed in, what was asked to change, and the second choices at each.
import { useT } from "../../platform/i18n.tsx";
import { Files } from "../../platform/parts/files.tsx";
import { Link } from "../../ui/link.tsx";
import { Money } from "../../ui/money.tsx";
import { Unfold } from "../../ui/unfold.tsx";
import { Markdown } from "../../ui/markdown.tsx";
import { At, useDay, useUntil } from "../../ui/when.tsx";
import { AddPart, Added } from "./added.tsx";
import { Clocks } from "./clocks.tsx";
import { Credit } from "./credit.tsx";
import { HoursSaid } from "./hours.tsx";
import { Late } from "./late.tsx";
import { Settlement } from "./settlement.tsx";
import { currentOf, type EngagementTold, type MilestoneTold } from "./told.ts";
import { Approve, AskChanges, Dispute, EndDispute, HandIn } from "./work.tsx";

export function Milestones({ engagement }: { readonly engagement: EngagementTold }) {
  const t = useT();
  return (
    <section aria-labelledby="milestones">
      <h2 id="milestones">{t("marketplace.milestones.title")}</h2>
      <ol className="plain">
        {engagement.milestones.map((milestone) => (
          <li key={milestone.id} className="milestone">
            <One milestone={milestone} engagement={engagement} />
          </li>
        ))}
      </ol>
    </section>
  );
}

type OneProps = { readonly milestone: MilestoneTold; readonly engagement: EngagementTold };

/** Where a milestone stands. At a member's home the client's coop owes it once it is approved; whether its client paid is not seen there. */
const standsAt = ({ dropped, state }: MilestoneTold, isHome: boolean) => {
  if (dropped) return "workspace.milestone.dropped";
  return isHome && state === "clientPaid" ? "workspace.milestone.owed" : (`marketplace.milestone.${state}` as const);
};

/** One milestone: its part of the price, where it stands, its clocks where there are several, and what can be done about it. */
function One({ milestone, engagement }: OneProps) {
  const t = useT();
  const { client, member, milestones, side, state, team, shared } = engagement;
  const { number, title, amount, acts } = milestone;
  const day = useDay();
  const several = milestones.length > 1;
  const isNext = currentOf(engagement)?.id === milestone.id;
  return (
    <>
      <h3>
        {several ? t("marketplace.milestone.named", { number, title }) : t("marketplace.milestone.number", { number })} ·{" "}
        <Money of={amount} />
      </h3>
      <p className="steps">{t(standsAt(milestone, shared?.isHome === true))}</p>
      {milestone.state === "waiting" && state !== "cancelled" ? (
        <Turn milestone={milestone} before={milestones.findLast((each) => !each.dropped && each.number < number)?.number} />
      ) : undefined}
      {milestone.dueOn && milestone.approvedAt === undefined ? (
        <p>{t("marketplace.milestone.isDue", { day: day(milestone.dueOn) })}</p>
      ) : undefined}
      {several && milestone.approveBy ? <Answer at={milestone.approveBy} client={client} /> : undefined}
      {several && (milestone.invoice || milestone.payable) ? <Clocks engagement={engagement} milestone={milestone} /> : undefined}
      {milestone.invoice ? <Late invoice={milestone.invoice} /> : undefined}
      {several && side === "client" && milestone.invoice ? (
        <p>
          <Link to="/client/invoices">{t("marketplace.next.toInvoice")}</Link>
        </p>
      ) : undefined}
      {milestone.hours ? <HoursSaid hours={milestone.hours} /> : undefined}
      <Added milestone={milestone} />
      <Work milestone={milestone} client={client} member={team[0]?.name ?? member} />
      {!isNext && acts.includes("handIn") ? (
        <Unfold says={t("marketplace.work.handIn")}>
          <HandIn milestone={milestone} engagement={engagement} />
        </Unfold>
      ) : undefined}
      {!isNext && acts.includes("addPart") ? (
        <Unfold says={t("teams.added.act")}>
          <AddPart milestone={milestone} engagement={engagement.id} />
        </Unfold>
      ) : undefined}
      {!isNext && acts.includes("approve") ? (
        <Unfold says={t("marketplace.work.approve")}>
          <Approve milestone={milestone} member={member} />
        </Unfold>
      ) : undefined}
      {acts.includes("askChanges") ? <AskChanges milestone={milestone} /> : undefined}
      {acts.includes("dispute") ? <Dispute milestone={milestone} /> : undefined}
      {acts.includes("endDispute") ? <EndDispute milestone={milestone} /> : undefined}
      {milestone.credit ? <Credit credit={milestone.credit} client={client} member={member} /> : undefined}
      <Settlement milestone={milestone} client={client} member={member} />
    </>
  );
}

/** When a milestone that has not begun begins. */
function Turn({ milestone: { parallel }, before }: { readonly milestone: MilestoneTold; readonly before: number | undefined }) {
  const t = useT();
  return (
    <p>
      {parallel || before === undefined ? t("marketplace.milestone.withTheWork") : t("marketplace.milestone.after", { number: before })}
    </p>
  );
}

/** Until when its client can answer. */
function Answer({ at, client }: { readonly at: string; readonly client: string }) {
  const t = useT();
  const until = useUntil();
  return <p>{t("marketplace.milestone.answer", { client, until: until(at) })}</p>;
}

type WorkProps = Pick<EngagementTold, "client" | "member"> & {
  readonly milestone: Pick<MilestoneTold, "handIns" | "changes" | "dispute">;
};

/** Everything that went to and fro, oldest first: each hand-in is answered once at most. */
export function Work({ milestone: { handIns, changes, dispute }, client, member }: WorkProps) {
  const t = useT();
  const entries = [
    ...handIns.flatMap(({ at, html, files }, round) => {
      const asked = changes[round];
      const answer = asked
        ? [{ at: asked.at, says: t("marketplace.work.changesAsked", { name: client }), html: "", body: asked.points, files: [] }]
        : [];
      return [{ at, says: t("marketplace.work.handedIn", { name: member }), html, body: [], files }, ...answer];
    }),
    ...(dispute
      ? [
          {
            at: dispute.at,
            says: t("marketplace.work.disputed", { name: dispute.by === "client" ? client : member }),
            html: "",
            body: [dispute.reason],
            files: [],
          },
        ]
      : []),
  ];
  return (
    <ol className="plain">
      {entries.map(({ at, says, html, body, files }) => (
        <li key={`${at}${says}${body[0]}`}>
          <p className="hint">
            {says}, <At at={at} />
          </p>
          {html ? <Markdown html={html} /> : undefined}
          {body.map((text) => (
            <p key={text} className="letter">
              {body.length > 1 ? "– " : ""}
              {text}
            </p>
          ))}
          <Files files={files} />
        </li>
      ))}
    </ol>
  );
}
