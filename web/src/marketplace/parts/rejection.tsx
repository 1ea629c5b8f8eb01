// Saying no to one bid, with a reason or without: its bidder is told either way.
import { rejectBid } from "@partcommune/shared/marketplace/api";
import { useState } from "react";
import { useAct } from "../../platform/call.tsx";
import { useT } from "../../platform/i18n.tsx";
import { LongField } from "../../ui/field.tsx";
import { Form } from "../../ui/form.tsx";
import { faultAt } from "../../ui/refusal.tsx";
import { Unfold } from "../../ui/unfold.tsx";
import { useBidder, type BidTold } from "./bidder.ts";

export function Rejection({ bid }: { readonly bid: BidTold }) {
  const t = useT();
  const [reason, setReason] = useState("");
  const { act, busy, refusal } = useAct(rejectBid);
  const said = { name: useBidder()(bid) };
  const because = reason.trim() === "" ? {} : { reason };
  return (
    <Unfold says={t("marketplace.reject.open", said)} faint>
      <Form
        act={async () => void (await act({ bid: bid.id, version: bid.version, ...because }))}
        says={t("marketplace.reject.act")}
        busy={busy}
        ready
        refusal={refusal}
      >
        <LongField
          label={t("marketplace.reject.reason")}
          name="reason"
          rows={3}
          value={reason}
          change={setReason}
          hint={t("marketplace.reject.hint", said)}
          fault={faultAt(refusal, "/reason")}
        />
      </Form>
    </Unfold>
  );
}
