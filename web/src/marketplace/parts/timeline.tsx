// What has happened to an engagement, oldest first; what binds both sides carries a stamp.
import { useT } from "../../platform/i18n.tsx";
import { Stamp } from "../../ui/stamp.tsx";
import { useStampDay } from "../../ui/when.tsx";
import { hasBothSigned } from "./signing.tsx";
import type { EngagementTold, MilestoneTold } from "./told.ts";

type Moment = { readonly word?: string; readonly says: string; readonly at?: string | undefined };

export function Timeline({ engagement }: { readonly engagement: EngagementTold }) {
  const t = useT();
  const day = useStampDay();
  const moments = useMoments(engagement);
  if (moments.length === 0) return undefined;
  return (
    <section aria-labelledby="timeline">
      <h2 id="timeline">{t("marketplace.timeline.title")}</h2>
      <ol className="timeline">
        {moments.map(({ word, says, at }) => (
          <li key={says}>
            {word ? <Stamp word={word} day={at ? day(at) : ""} /> : <span className="unstamped">{at ? day(at) : ""}</span>}{" "}
            <span>{says}</span>
          </li>
        ))}
      </ol>
    </section>
  );
}

function useMoments(engagement: EngagementTold): readonly Moment[] {
  const t = useT();
  const ofMilestone = useMilestoneMoments(engagement);
  const { clientSignedAt = "", memberSignedAt = "", coveredBy } = engagement;
  const lastSignature = clientSignedAt > memberSignedAt ? clientSignedAt : memberSignedAt;
  return [
    ...(hasBothSigned(engagement)
      ? [{ word: t("marketplace.stamp.signed"), says: t("marketplace.timeline.signed"), at: lastSignature }]
      : []),
    ...(coveredBy ? [{ word: t("marketplace.stamp.covered"), says: t(`marketplace.timeline.covered.${coveredBy}`) }] : []),
    ...engagement.amendments
      .filter(({ outcome }) => outcome === "signed")
      .map(({ endedAt }, at) => ({
        word: t("marketplace.stamp.signed"),
        says: t("workspace.timeline.amended", { number: at + 1 }),
        at: endedAt,
      })),
    ...engagement.milestones.flatMap(ofMilestone),
  ];
}

function useMilestoneMoments({ client, member, shared }: EngagementTold): (milestone: MilestoneTold) => readonly Moment[] {
  const t = useT();
  return ({ number, handIns, approvedAt, bySilence, invoice, settledAt, state }) => {
    const said = { number, client, member, invoice: invoice?.number ?? "", share: settledAt?.share ?? 100 };
    const agreed = settledAt ? t("marketplace.timeline.settled", said) : t("marketplace.timeline.approved", said);
    const atHome = shared?.isHome ? t("workspace.timeline.approvedAt", { number, coop: shared.coop }) : undefined;
    const approval = atHome ?? (bySilence ? t("marketplace.timeline.silence", said) : agreed);
    const reached = (...states: readonly MilestoneTold["state"][]): boolean => states.includes(state);
    const first = handIns.at(0);
    return [
      ...(first ? [{ says: t("marketplace.timeline.handedIn", said), at: first.at }] : []),
      ...(approvedAt ? [{ word: t("marketplace.stamp.approved"), says: approval, at: approvedAt }] : []),
      ...(!shared?.isHome && reached("clientPaid", "settled")
        ? [{ word: t("marketplace.stamp.paid"), says: t("marketplace.timeline.clientPaid", said) }]
        : []),
      ...(reached("memberPaid", "settled")
        ? [{ word: t("marketplace.stamp.paid"), says: t("marketplace.timeline.memberPaid", said) }]
        : []),
    ];
  };
}
