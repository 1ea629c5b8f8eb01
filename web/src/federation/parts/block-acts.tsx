// What an officer can do about a coop that ours will have nothing to do with: block it, with a reason in public, and let it pass again.
import { blockHost, unblockHost } from "@partcommune/shared/federation/api/blocking";
import { useState } from "react";
import { useAct } from "../../platform/call.tsx";
import { useT } from "../../platform/i18n.tsx";
import { LongField } from "../../ui/field.tsx";
import { Form } from "../../ui/form.tsx";
import { faultAt } from "../../ui/refusal.tsx";
import { Unfold } from "../../ui/unfold.tsx";

type Coop = { readonly host: string; readonly name: string };

export function BlockActs({ host, name, isBlocked }: Coop & { readonly isBlocked: boolean }) {
  return isBlocked ? <Unblock host={host} name={name} /> : <Block host={host} name={name} />;
}

function Block({ host, name }: Coop) {
  const t = useT();
  const [reason, setReason] = useState("");
  const { act, busy, refusal } = useAct(blockHost);
  const send = async (): Promise<void> => void (await act({ host, reason }));
  return (
    <Unfold says={t("federation.block", { name })} faint>
      <Form act={send} says={t("federation.block", { name })} busy={busy} ready={reason.trim().length > 2} refusal={refusal}>
        <p>{t("federation.block.says")}</p>
        <LongField
          label={t("federation.reason")}
          hint={t("federation.reason.hint")}
          name="reason-block"
          rows={3}
          value={reason}
          change={setReason}
          fault={faultAt(refusal, "/reason")}
        />
      </Form>
    </Unfold>
  );
}

function Unblock({ host, name }: Coop) {
  const t = useT();
  const { act, busy, refusal } = useAct(unblockHost);
  const send = async (): Promise<void> => void (await act({ host }));
  return (
    <Unfold says={t("federation.unblock", { name })}>
      <Form act={send} says={t("federation.unblock", { name })} busy={busy} ready refusal={refusal}>
        <p>{t("federation.unblock.says")}</p>
      </Form>
    </Unfold>
  );
}
