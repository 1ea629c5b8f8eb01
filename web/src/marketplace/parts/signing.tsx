// Signatures under a quote: who signed and when, and for whoever has not, signing and declining.
import { declineEngagement, signEngagement } from "@partcommune/shared/marketplace/api";
import { useAct } from "../../platform/call.tsx";
import { useT } from "../../platform/i18n.tsx";
import { Fact } from "../../ui/fact.tsx";
import { Form } from "../../ui/form.tsx";
import { At } from "../../ui/when.tsx";
import type { EngagementTold } from "./told.ts";

export function Signatures({ engagement }: { readonly engagement: EngagementTold }) {
  const t = useT();
  const { client, member, clientSignedAt, memberSignedAt } = engagement;
  return (
    <section aria-labelledby="signatures">
      <h2 id="signatures">{t("marketplace.signatures.title")}</h2>
      <dl className="facts">
        <Fact says={client}>{clientSignedAt ? <At at={clientSignedAt} /> : t("marketplace.signatures.missing")}</Fact>
        <Fact says={member}>{memberSignedAt ? <At at={memberSignedAt} /> : t("marketplace.signatures.missing")}</Fact>
      </dl>
    </section>
  );
}

/** Whether the side of whoever reads has signed. */
export const hasSigned = ({ side, clientSignedAt, memberSignedAt }: EngagementTold): boolean =>
  (side === "client" ? clientSignedAt : memberSignedAt) !== undefined;

export const hasBothSigned = ({ clientSignedAt, memberSignedAt }: EngagementTold): boolean =>
  clientSignedAt !== undefined && memberSignedAt !== undefined;

/** The signature itself, under the words it stands for. */
export function Sign({ engagement: { id, hash } }: { readonly engagement: EngagementTold }) {
  const t = useT();
  const { act, busy, refusal } = useAct(signEngagement);
  return (
    <Form act={async () => void (await act({ engagement: id, hash }))} says={t("marketplace.sign.act")} busy={busy} ready refusal={refusal}>
      <p>{t("marketplace.sign.says")}</p>
    </Form>
  );
}

export function Decline({ engagement: { id, job } }: { readonly engagement: EngagementTold }) {
  const t = useT();
  const { act, busy, refusal } = useAct(declineEngagement);
  return (
    <details className="unfold faint">
      <summary>{t("marketplace.decline.open")}</summary>
      <Form act={async () => void (await act({ engagement: id }))} says={t("marketplace.decline.act")} busy={busy} ready refusal={refusal}>
        <p>{t(job === undefined ? "marketplace.decline.says.declared" : "marketplace.decline.says")}</p>
      </Form>
    </details>
  );
}
