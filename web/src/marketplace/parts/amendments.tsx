// Changes of signed work on its page: the one that waits, with signing, declining and withdrawing, and those that were answered before.
import { declineAmendment, signAmendment, withdrawAmendment } from "@partcommune/shared/marketplace/api";
import { useAct } from "../../platform/call.tsx";
import { useT } from "../../platform/i18n.tsx";
import { Form } from "../../ui/form.tsx";
import { Unfold } from "../../ui/unfold.tsx";
import { At, Until } from "../../ui/when.tsx";
import { AddedPromise, Lines, type AmendmentTold } from "./amendment-lines.tsx";
import { Checks } from "./cover.tsx";
import type { EngagementTold } from "./told.ts";

type OfEngagement = { readonly engagement: EngagementTold };
type OneProps = OfEngagement & { readonly amendment: AmendmentTold };

/** The change that waits for signatures. */
export function OpenAmendment({ engagement }: OfEngagement) {
  const amendment = engagement.amendments.find(({ outcome }) => outcome === "open");
  return amendment ? <Open engagement={engagement} amendment={amendment} /> : undefined;
}

function Open({ engagement, amendment }: OneProps) {
  const t = useT();
  const { client, member } = engagement;
  const { by, reason, standsUntil, hash } = amendment;
  return (
    <section aria-labelledby="amendment" className="paper">
      <h2 id="amendment">{t("workspace.amendment.title")}</h2>
      <p>
        {t("workspace.amendment.proposed", { name: by === "client" ? client : member })} <Until at={standsUntil} />.
      </p>
      <p className="letter">{reason}</p>
      <Lines amendment={amendment} />
      <AddedPromise amendment={amendment} />
      <HeldUp amendment={amendment} />
      <p>{useStanding(engagement, amendment)}</p>
      <p className="code">
        {t("marketplace.quote.hash")} {hash}
      </p>
      <Answers engagement={engagement} hash={hash} />
    </section>
  );
}

/** The checks that an adviser answers for before anybody signs. */
function HeldUp({ amendment: { checks, coverNote } }: { readonly amendment: AmendmentTold }) {
  const t = useT();
  if (checks.length === 0) return undefined;
  return (
    <>
      <p>{t(coverNote ? "marketplace.cover.adviser" : "workspace.amendment.heldUp")}</p>
      {coverNote ? <blockquote className="letter">{coverNote}</blockquote> : undefined}
      <Checks checks={checks.map((check) => ({ check, holds: false }))} />
    </>
  );
}

/** Who has signed it, in one sentence. */
function useStanding({ client }: EngagementTold, { clientSignedAt, parts }: AmendmentTold): string {
  const t = useT();
  const words = [{ name: client, signed: clientSignedAt !== undefined }, ...parts];
  const named = (has: boolean): string => words.flatMap(({ name, signed }) => (signed === has ? [name] : [])).join(", ");
  return named(true) === ""
    ? t("workspace.amendment.unsigned")
    : t("workspace.amendment.signedBy", { names: named(true), others: named(false) });
}

function Answers({ engagement: { id, acts }, hash }: OfEngagement & { readonly hash: string }) {
  return (
    <>
      {acts.includes("signAmendment") ? <Sign engagement={id} hash={hash} /> : undefined}
      {acts.includes("declineAmendment") ? <Decline engagement={id} hash={hash} /> : undefined}
      {acts.includes("withdrawAmendment") ? <Withdraw engagement={id} hash={hash} /> : undefined}
    </>
  );
}

type Shown = { readonly engagement: string; readonly hash: string };

function Sign(shown: Shown) {
  const t = useT();
  const { act, busy, refusal } = useAct(signAmendment);
  return (
    <Form act={async () => void (await act(shown))} says={t("workspace.amendment.sign")} busy={busy} ready refusal={refusal}>
      <p>{t("workspace.amendment.sign.says")}</p>
    </Form>
  );
}

function Decline(shown: Shown) {
  const t = useT();
  const { act, busy, refusal } = useAct(declineAmendment);
  return (
    <Unfold says={t("workspace.amendment.decline.open")} faint>
      <Form act={async () => void (await act(shown))} says={t("workspace.amendment.decline")} busy={busy} ready refusal={refusal}>
        <p>{t("workspace.amendment.decline.says")}</p>
      </Form>
    </Unfold>
  );
}

function Withdraw(shown: Shown) {
  const t = useT();
  const { act, busy, refusal } = useAct(withdrawAmendment);
  return (
    <Unfold says={t("workspace.amendment.withdraw.open")} faint>
      <Form act={async () => void (await act(shown))} says={t("workspace.amendment.withdraw")} busy={busy} ready refusal={refusal}>
        <p>{t("workspace.amendment.decline.says")}</p>
      </Form>
    </Unfold>
  );
}

/** Changes that were answered, newest first. */
export function PastAmendments({ engagement: { amendments } }: OfEngagement) {
  const t = useT();
  const say = useOutcome();
  const past = amendments.filter(({ outcome }) => outcome !== "open").toReversed();
  if (past.length === 0) return undefined;
  return (
    <details className="folded">
      <summary>{t("workspace.amendments.past", { count: past.length })}</summary>
      {past.map((amendment) => (
        <section key={amendment.hash}>
          <h3>{say(amendment)}</h3>
          <p className="hint">
            <At at={amendment.endedAt ?? amendment.at} />
          </p>
          <p className="letter">{amendment.reason}</p>
          <Lines amendment={amendment} />
          <AddedPromise amendment={amendment} />
        </section>
      ))}
    </details>
  );
}

/** How a change ended, with an adviser's reason or what was handed in meanwhile. */
function useOutcome(): (amendment: AmendmentTold) => string {
  const t = useT();
  return ({ outcome, endedBecause }) =>
    outcome === "void" && endedBecause === undefined
      ? t("workspace.amendment.workEnded")
      : t(`workspace.amendment.outcome.${outcome}`, { because: endedBecause ?? "" });
}
