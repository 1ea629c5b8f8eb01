// A team as it is read: who is on a bid or an engagement, for how much, and who has signed.
import { signBid, type listBids } from "@partcommune/shared/marketplace/api";
import type { ToldOf } from "@partcommune/shared/platform/endpoint";
import { useAct } from "../../platform/call.tsx";
import { useLearnt, useT } from "../../platform/i18n.tsx";
import { Fact } from "../../ui/fact.tsx";
import { Form } from "../../ui/form.tsx";
import { Link } from "../../ui/link.tsx";
import { Money, useMoney } from "../../ui/money.tsx";

type BidTold = ToldOf<typeof listBids>["items"][number];

/** Everybody on a bid with their part; for those on it also who has signed, and the signature that is theirs to give. */
export function TeamOfBid({ bid }: { readonly bid: BidTold }) {
  const t = useT();
  if (!useLearnt("teams")) return undefined;
  const { parts, mine, state, acts } = bid;
  const assembling = mine && state === "assembling";
  return (
    <div className="team">
      {assembling ? <p>{t(acts.includes("sign") ? "teams.bid.asked" : "teams.bid.waits")}</p> : undefined}
      <dl className="facts">
        {parts.map(({ number, name, handle, amount, signed, you }) => (
          <Fact key={number} says={you ? t("teams.bid.you", { name }) : name}>
            <Money of={amount} />
            {assembling ? ` · ${t(signed ? "teams.signed" : "teams.unsigned")}` : ""}
            {handle && !mine ? (
              <>
                {" · "}
                <Link to={`/members/${handle}`}>{t("teams.bid.page")}</Link>
              </>
            ) : undefined}
          </Fact>
        ))}
      </dl>
      {acts.includes("sign") ? <SignBid bid={bid} /> : undefined}
    </div>
  );
}

function SignBid({ bid: { id, version, parts } }: { readonly bid: BidTold }) {
  const t = useT();
  const say = useMoney();
  const { act, busy, refusal } = useAct(signBid);
  const own = parts.find(({ you }) => you);
  return (
    <Form act={async () => void (await act({ bid: id, version }))} says={t("teams.bid.sign")} busy={busy} ready refusal={refusal}>
      <p>{t("teams.bid.sign.says", { share: own ? say(own.amount) : "" })}</p>
    </Form>
  );
}
