// What a change makes of signed work, line by line: what was, what becomes of it, and how the money of it is shared.
import type { Amendment } from "@partcommune/shared/marketplace/api";
import type { ToldOf } from "@partcommune/shared/platform/endpoint";
import type { ReactNode } from "react";
import { Given } from "../../mutual/parts/promise.tsx";
import { useT } from "../../platform/i18n.tsx";
import { Fact } from "../../ui/fact.tsx";
import { useMoney } from "../../ui/money.tsx";
import { useDay } from "../../ui/when.tsx";

export type AmendmentTold = ToldOf<{ readonly answer: typeof Amendment }>;
type Part = NonNullable<AmendmentTold["milestones"][number]["was"]>;

/** Everything that differs. What is not named stays as it was signed. */
export function Lines({ amendment }: { readonly amendment: Omit<AmendmentTold, "promise"> }) {
  const t = useT();
  const day = useDay();
  const { endOn, text, milestones, wouldLose } = amendment;
  return (
    <>
      <dl className="facts">
        {endOn ? (
          <Fact says={t("workspace.amendment.endOn")}>
            <Becomes was={day(endOn.was)} becomes={day(endOn.becomes)} />
          </Fact>
        ) : undefined}
        {milestones.map((each) => (
          <Milestone key={each.number} milestone={each} />
        ))}
        <Sums money={amendment.money} />
        {amendment.parts.length > 1 ? <Parts parts={amendment.parts} /> : undefined}
      </dl>
      {text ? (
        <details className="folded">
          <summary>{t("workspace.amendment.text")}</summary>
          <p className="hint">{t("workspace.amendment.before")}</p>
          <p className="letter">{text.was}</p>
          <p className="hint">{t("workspace.amendment.after")}</p>
          <p className="letter">{text.becomes}</p>
        </details>
      ) : undefined}
      {wouldLose ? <p className="fault">{t("workspace.amendment.wouldLose", { title: wouldLose })}</p> : undefined}
    </>
  );
}

/** What the guarantee answers for the milestones that are added or cost more. */
export function AddedPromise({ amendment: { promise, outcome } }: { readonly amendment: AmendmentTold }) {
  const t = useT();
  if (!promise) return undefined;
  return (
    <>
      <p>{t("workspace.amendment.promise")}</p>
      <Given promise={promise} asked={outcome === "signed" ? "atSigning" : "now"} />
    </>
  );
}

function Becomes({ was, becomes }: { readonly was: ReactNode; readonly becomes: ReactNode }) {
  const t = useT();
  return (
    <>
      <s>{was}</s> {t("workspace.amendment.now")} <strong>{becomes}</strong>
    </>
  );
}

function Milestone({ milestone: { number, was, becomes } }: { readonly milestone: AmendmentTold["milestones"][number] }) {
  const t = useT();
  const say = useSayPart();
  const kind = was ? (becomes ? "changed" : "dropped") : "added";
  return (
    <Fact says={t(`workspace.amendment.${kind}`, { number })}>
      {was && becomes ? <Becomes was={say(was)} becomes={say(becomes)} /> : undefined}
      {was && !becomes ? <s>{say(was)}</s> : undefined}
      {!was && becomes ? <strong>{say(becomes)}</strong> : undefined}
    </Fact>
  );
}

function useSayPart(): (part: Part) => string {
  const t = useT();
  const money = useMoney();
  const day = useDay();
  return ({ title, amount, dueOn, parallel }) =>
    [
      title,
      money(amount),
      ...(dueOn ? [t("workspace.amendment.due", { day: day(dueOn) })] : []),
      ...(parallel ? [t("workspace.amendment.parallel")] : []),
    ].join(" · ");
}

/** What each of a team gets of the price. */
function Parts({ parts }: Pick<AmendmentTold, "parts">) {
  const t = useT();
  const say = useMoney();
  return parts.map(({ number, name, was, becomes }) => (
    <Fact key={number} says={t("workspace.amendment.part", { name })}>
      {was.amount === becomes.amount ? say(was) : <Becomes was={say(was)} becomes={say(becomes)} />}
    </Fact>
  ));
}

/** The price, and what becomes of it: common money and the member's budget. */
function Sums({ money: { was, becomes } }: Pick<AmendmentTold, "money">) {
  const t = useT();
  const say = useMoney();
  return (["price", "fee", "budget"] as const).map((key) => (
    <Fact key={key} says={t(`workspace.amendment.money.${key}`)}>
      {was[key].amount === becomes[key].amount ? say(was[key]) : <Becomes was={say(was[key])} becomes={say(becomes[key])} />}
    </Fact>
  ));
}
