// What officers can do about a coop: follow its board or leave it, and move the treaty, each step with its reason in public, or with other terms.
import type { readSister } from "@partcommune/shared/federation/api/sisters";
import {
  pauseTreaty,
  redraftTreaty,
  refuseTreaty,
  resumeTreaty,
  wishTreaty,
  withdrawTreaty,
} from "@partcommune/shared/federation/api/treaties";
import type { ToldOf } from "@partcommune/shared/platform/endpoint";
import { useState } from "react";
import { useAct } from "../../platform/call.tsx";
import { useT } from "../../platform/i18n.tsx";
import { LongField } from "../../ui/field.tsx";
import { Form } from "../../ui/form.tsx";
import { faultAt } from "../../ui/refusal.tsx";
import { Unfold } from "../../ui/unfold.tsx";
import { BlockActs } from "./block-acts.tsx";
import { NeighbourActs } from "./neighbour-acts.tsx";
import { TermsFields, termsFrom, typedTerms } from "./terms-fields.tsx";

type Sister = ToldOf<typeof readSister>;
type Props = { readonly sister: Sister; readonly treaty: NonNullable<Sister["treaty"]> };

const withReason = { refuse: refuseTreaty, withdraw: withdrawTreaty, pause: pauseTreaty, resume: resumeTreaty } as const;
const withTerms = { redraft: redraftTreaty, wish: wishTreaty } as const;

export function TreatyActs({ sister }: { readonly sister: Sister }) {
  const t = useT();
  const { host, origin, name, mode, following, treaty, acts } = sister;
  const isBlocked = mode === "blocked";
  return (
    <section>
      <h2>{t("federation.officers")}</h2>
      {treaty
        ? acts.map((act) => (
            <Unfold key={act} says={t(`federation.act.${act}`, { name })}>
              {act === "redraft" || act === "wish" ? (
                <WithTerms act={act} sister={sister} treaty={treaty} />
              ) : (
                <WithReason act={act} sister={sister} />
              )}
            </Unfold>
          ))
        : undefined}
      <BlockActs host={host} name={name} isBlocked={isBlocked} />
      {following && !isBlocked ? <NeighbourActs neighbour={{ id: host, origin, name, state: following }} /> : undefined}
    </section>
  );
}

function WithReason({ act: name, sister }: { readonly act: keyof typeof withReason; readonly sister: Sister }) {
  const t = useT();
  const [reason, setReason] = useState("");
  const { act, busy, refusal } = useAct(withReason[name]);
  const send = async (): Promise<void> => void (await act({ host: sister.host, reason }));
  return (
    <Form
      act={send}
      says={t(`federation.act.${name}`, { name: sister.name })}
      busy={busy}
      ready={reason.trim().length > 2}
      refusal={refusal}
    >
      <LongField
        label={t("federation.reason")}
        hint={t("federation.reason.hint")}
        name={`reason-${name}`}
        rows={3}
        value={reason}
        change={setReason}
        fault={faultAt(refusal, "/reason")}
      />
    </Form>
  );
}

/** Other terms, beginning from what the other side last wrote, or else from those on the table. */
function WithTerms({ act: name, sister, treaty: { terms, drafts } }: Props & { readonly act: keyof typeof withTerms }) {
  const t = useT();
  const [typed, change] = useState(() => typedTerms(drafts.at(-1)?.terms ?? terms));
  const { act, busy, refusal } = useAct(withTerms[name]);
  const send = async (): Promise<void> => void (await act({ host: sister.host, terms: termsFrom(typed, terms) }));
  return (
    <Form act={send} says={t(`federation.send.${name}`, { name: sister.name })} busy={busy} ready refusal={refusal}>
      <p>{t(`federation.hint.${name}`, { name: sister.name })}</p>
      <TermsFields typed={typed} change={change} refusal={refusal} currencies={terms.currencies} />
    </Form>
  );
}
