// The milestones: their price, what was handed in, what was asked to change, and the second choices at each.
import { useT } from "../../platform/i18n.tsx";
import { Money } from "../../ui/money.tsx";
import { At } from "../../ui/when.tsx";
import { Settlement } from "./settlement.tsx";
import { AskChanges, Dispute, EndDispute } from "./work.tsx";
import type { EngagementTold, MilestoneTold } from "./told.ts";

export function Milestones({ engagement: { milestones, client, member } }: { readonly engagement: EngagementTold }) {
  const t = useT();
  return (
    <section aria-labelledby="milestones">
      <h2 id="milestones">{t("marketplace.milestones.title")}</h2>
      <ol className="plain">
        {milestones.map((milestone) => (
          <li key={milestone.id} className="milestone">
            <h3>
              {t("marketplace.milestone.number", { number: milestone.number })} · <Money of={milestone.amount} />
            </h3>
            <p className="steps">{t(`marketplace.milestone.${milestone.state}`)}</p>
            <Work milestone={milestone} client={client} member={member} />
            {milestone.acts.includes("askChanges") ? <AskChanges milestone={milestone} /> : undefined}
            {milestone.acts.includes("dispute") ? <Dispute milestone={milestone} /> : undefined}
            {milestone.acts.includes("endDispute") ? <EndDispute milestone={milestone} /> : undefined}
            <Settlement milestone={milestone} client={client} member={member} />
          </li>
        ))}
      </ol>
    </section>
  );
}

type WorkProps = Pick<EngagementTold, "client" | "member"> & {
  readonly milestone: Pick<MilestoneTold, "handIns" | "changes" | "dispute">;
};

/** Everything that went to and fro, oldest first: each hand-in is answered once at most. */
export function Work({ milestone: { handIns, changes, dispute }, client, member }: WorkProps) {
  const t = useT();
  const entries = [
    ...handIns.flatMap(({ at, text }, round) => {
      const asked = changes[round];
      const answer = asked ? [{ at: asked.at, says: t("marketplace.work.changesAsked", { name: client }), body: asked.points }] : [];
      return [{ at, says: t("marketplace.work.handedIn", { name: member }), body: [text] }, ...answer];
    }),
    ...(dispute
      ? [
          {
            at: dispute.at,
            says: t("marketplace.work.disputed", { name: dispute.by === "client" ? client : member }),
            body: [dispute.reason],
          },
        ]
      : []),
  ];
  return (
    <ol className="plain">
      {entries.map(({ at, says, body }) => (
        <li key={`${at}${says}${body[0]}`}>
          <p className="hint">
            {says}, <At at={at} />
          </p>
          {body.map((text) => (
            <p key={text} className="letter">
              {body.length > 1 ? "– " : ""}
              {text}
            </p>
          ))}
        </li>
      ))}
    </ol>
  );
}
