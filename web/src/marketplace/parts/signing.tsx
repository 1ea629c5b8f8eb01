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
  const { client, team, clientSignedAt } = engagement;
  return (
    <section aria-labelledby="signatures">
      <h2 id="signatures">{t("marketplace.signatures.title")}</h2>
      <dl className="facts">
        <Fact says={client}>{clientSignedAt ? <At at={clientSignedAt} /> : t("marketplace.signatures.missing")}</Fact>
        {team.map(({ number, name, signedAt }) => (
          <Fact key={number} says={name}>
            {signedAt ? <At at={signedAt} /> : t("marketplace.signatures.missing")}
          </Fact>
        ))}
      </dl>
    </section>
  );
}

/** Whether whoever reads has signed, or their client has. */
export const hasSigned = ({ side, clientSignedAt, team }: EngagementTold): boolean =>
  (side === "client" ? clientSignedAt : team.find(({ you }) => you)?.signedAt) !== undefined;

/** Whose signature is missing, by name. */
export const unsignedOf = ({ client, clientSignedAt, team }: EngagementTold): readonly string[] => [
  ...(clientSignedAt === undefined ? [client] : []),
  ...team.flatMap(({ name, signedAt }) => (signedAt === undefined ? [name] : [])),
];

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
