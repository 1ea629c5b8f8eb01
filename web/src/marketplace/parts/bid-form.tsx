// Writing a bid, alone or with colleagues, with the way from price to budget.
import { useState } from "react";
import { placeBid, type readJob } from "@partcommune/shared/marketplace/api";
import type { ToldOf } from "@partcommune/shared/platform/endpoint";
import { minorFrom } from "@partcommune/shared/platform/money";
import { useAct } from "../../platform/call.tsx";
import { useT } from "../../platform/i18n.tsx";
import { decimalFrom } from "../../ui/decimal.ts";
import { Field, LongField } from "../../ui/field.tsx";
import { Form } from "../../ui/form.tsx";
import { useMoney } from "../../ui/money.tsx";
import { faultAt } from "../../ui/refusal.tsx";
import { TeamFields } from "./team-fields.tsx";
import { alone, missingOf, teamFrom } from "./team-typed.ts";
import { Way } from "./way.tsx";

type JobTold = ToldOf<typeof readJob>;

export function BidForm({ job, currency }: { readonly job: JobTold; readonly currency: string }) {
  const t = useT();
  const say = useMoney();
  const [price, setPrice] = useState(job.price?.amount ?? "");
  const [pitch, setPitch] = useState("");
  const [team, setTeam] = useState(alone);
  const { act, busy, refusal } = useAct(placeBid);
  const amount = { amount: decimalFrom(price, currency), currency };
  const minor = minorFrom(amount.amount, currency);
  const whole = minor !== undefined && minor > 0n ? { minor, currency } : undefined;
  const colleagues = teamFrom(team, currency);
  return (
    <section className="example bidding" aria-labelledby="bid">
      <h2 id="bid">{t("marketplace.bids.place")}</h2>
      <Form
        act={async () => void (await act({ job: job.id, amount, pitch, ...(colleagues ? { team: colleagues } : {}) }))}
        says={t(colleagues ? "marketplace.bids.ask" : "marketplace.bids.place")}
        busy={busy}
        ready={whole !== undefined && missingOf(team, whole).minor === 0n && pitch.trim() !== ""}
        refusal={refusal}
      >
        <Field
          label={t("marketplace.post.price", { currency })}
          name="price"
          mode="decimal"
          value={price}
          change={setPrice}
          hint={job.price ? t("marketplace.bids.fixed") : ""}
          fault={faultAt(refusal, "/amount")}
        />
        {whole ? (
          <div className="becoming">
            <h3>{t("marketplace.home.example", { price: say(amount) })}</h3>
            <Way prices={[whole]} together={colleagues !== undefined} />
          </div>
        ) : undefined}
        <LongField label={t("marketplace.bids.pitch")} name="pitch" value={pitch} change={setPitch} fault={faultAt(refusal, "/pitch")} />
        <TeamFields team={team} change={setTeam} whole={whole} />
      </Form>
    </section>
  );
}
