// Cancelling together, once work was handed in: one side asks, the other agrees.
import { agreeToCancellation, askCancellation } from "@partcommune/shared/marketplace/api";
import { useAct } from "../../platform/call.tsx";
import { useT } from "../../platform/i18n.tsx";
import { Form } from "../../ui/form.tsx";
import { useUntil } from "../../ui/when.tsx";
import type { EngagementTold } from "./told.ts";
import { Reasoned } from "./work.tsx";

export function Cancellation({ engagement }: { readonly engagement: EngagementTold }) {
  const { acts, cancellation, id } = engagement;
  return (
    <>
      {cancellation ? <Asked engagement={engagement} cancellation={cancellation} /> : undefined}
      {acts.includes("askCancellation") && !acts.includes("agreeToCancel") ? <Ask engagement={id} /> : undefined}
    </>
  );
}

type AskedProps = {
  readonly engagement: EngagementTold;
  readonly cancellation: NonNullable<EngagementTold["cancellation"]>;
};

function Asked({ engagement, cancellation: { by, reason, standsUntil, missing, last } }: AskedProps) {
  const t = useT();
  const until = useUntil();
  const { client, member, acts, id } = engagement;
  return (
    <section aria-labelledby="cancellation">
      <h2 id="cancellation">{t("marketplace.cancellation.title")}</h2>
      <p>{t("marketplace.cancellation.asked", { name: by === "client" ? client : member, until: until(standsUntil) })}</p>
      <p className="letter">{reason}</p>
      {missing.length > 0 ? <p>{t("teams.missing", { names: missing.join(", ") })}</p> : undefined}
      {acts.includes("agreeToCancel") ? <Agree engagement={id} last={last} /> : undefined}
    </section>
  );
}

function Agree({ engagement, last }: { readonly engagement: string; readonly last: boolean }) {
  const t = useT();
  const { act, busy, refusal } = useAct(agreeToCancellation);
  return (
    <Form act={async () => void (await act({ engagement }))} says={t("marketplace.cancellation.agree")} busy={busy} ready refusal={refusal}>
      <p>{t(last ? "marketplace.cancellation.agree.says" : "teams.cancellation.agree.waits")}</p>
    </Form>
  );
}

function Ask({ engagement }: { readonly engagement: string }) {
  const t = useT();
  const { act, busy, refusal } = useAct(askCancellation);
  return (
    <Reasoned
      open={t("marketplace.cancellation.ask.open")}
      says={t("marketplace.cancellation.ask")}
      label={t("marketplace.work.cancel.reason")}
      hint={t("marketplace.cancellation.ask.hint")}
      send={async (reason) => void (await act({ engagement, reason }))}
      busy={busy}
      refusal={refusal}
    />
  );
}
