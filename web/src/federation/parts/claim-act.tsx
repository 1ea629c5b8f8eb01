// What a treasurer can do about a claim that two coops do not reckon alike, with its reason.
import { acceptClaim, raiseClaimAnew, withdrawClaim, type listSettling } from "@partcommune/shared/federation/api/settling";
import type { ToldOf } from "@partcommune/shared/platform/endpoint";
import { useState } from "react";
import { useAct } from "../../platform/call.tsx";
import { useT } from "../../platform/i18n.tsx";
import { LongField } from "../../ui/field.tsx";
import { Form } from "../../ui/form.tsx";
import { faultAt } from "../../ui/refusal.tsx";
import { Unfold } from "../../ui/unfold.tsx";

const acts = { withdraw: withdrawClaim, raise: raiseClaimAnew, accept: acceptClaim } as const;

type Claim = ToldOf<typeof listSettling>["items"][number]["claims"][number];

export function ClaimAct({ act: name, claim: { id: claim, about } }: { readonly act: keyof typeof acts; readonly claim: Claim }) {
  const t = useT();
  const [reason, setReason] = useState("");
  const { act, busy, refusal } = useAct(acts[name]);
  const send = async (): Promise<void> => void (await act({ claim, reason }));
  return (
    <Unfold says={t(`federation.settling.act.${name}`)} faint={name === "withdraw"}>
      <Form act={send} says={t(`federation.settling.act.${name}`)} busy={busy} ready={reason.trim().length > 2} refusal={refusal}>
        <p>{t(`federation.settling.act.${name}.hint.${about}`)}</p>
        <LongField
          label={t("federation.settling.reason")}
          hint={t("federation.settling.reason.hint")}
          name={`reason-${name}-${claim}`}
          rows={3}
          value={reason}
          change={setReason}
          fault={faultAt(refusal, "/reason")}
        />
      </Form>
    </Unfold>
  );
}
