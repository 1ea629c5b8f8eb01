// Accepting a bid: what it costs, who does it and what happens next are read before the act.
import { acceptBid } from "@partcommune/shared/marketplace/api";
import { useNavigate } from "@tanstack/react-router";
import { useAct } from "../../platform/call.tsx";
import { useSpeech, useT } from "../../platform/i18n.tsx";
import { Form } from "../../ui/form.tsx";
import { useMoney } from "../../ui/money.tsx";
import { useBidder, type BidTold } from "./bidder.ts";

/** `named` where several stand together: each says whose bid it accepts. */
export function Acceptance({ bid, named = false }: { readonly bid: BidTold; readonly named?: boolean }) {
  const { id, version, amount, rate } = bid;
  const t = useT();
  const say = useMoney();
  const { language } = useSpeech();
  const navigate = useNavigate();
  const { act, busy, refusal } = useAct(acceptBid);
  const accept = async (): Promise<void> => {
    const told = await act({ bid: id, version, amount });
    if (told) await navigate({ to: `/${language}/my/engagements/${told.engagement}` });
  };
  const hourly = rate ? { rate: say(rate), cap: say(amount) } : undefined;
  const said = { name: useBidder()(bid), price: hourly ? t("marketplace.bids.hourly", hourly) : say(amount) };
  return (
    <details className="unfold">
      <summary>{t(named ? "marketplace.accept.act" : "marketplace.accept.open", said)}</summary>
      <Form act={accept} says={t("marketplace.accept.act", said)} busy={busy} ready refusal={refusal}>
        <p>{hourly ? t("marketplace.accept.hourly", { ...said, ...hourly }) : t("marketplace.accept.says", said)}</p>
        <ol className="then">
          <li>{t("marketplace.accept.then.quote")}</li>
          <li>{t("marketplace.accept.then.sign", said)}</li>
          <li>{t("marketplace.accept.then.pay")}</li>
        </ol>
      </Form>
    </details>
  );
}
