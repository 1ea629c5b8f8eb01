// Rates of foreign money: what is known, and one said by hand, which another treasurer confirms.
import { confirmRate, discardRate, listRates, proposeRate } from "@partcommune/shared/money/api/rates";
import type { ToldOf } from "@partcommune/shared/platform/endpoint";
import { useState } from "react";
import { useAct, useAsked } from "../../platform/call.tsx";
import { useT } from "../../platform/i18n.tsx";
import { decimalTyped } from "../../ui/decimal.ts";
import { DateField, Field } from "../../ui/field.tsx";
import { Form } from "../../ui/form.tsx";
import { faultAt } from "../../ui/refusal.tsx";
import { Day } from "../../ui/when.tsx";

type Rate = ToldOf<typeof listRates>["items"][number];

export function Rates({ acts, home }: { readonly acts: boolean; readonly home: string }) {
  const t = useT();
  const { items = [] } = useAsked(listRates, { limit: 10 }, true, "desk:money") ?? {};
  return (
    <section aria-labelledby="rates">
      <h2 id="rates">{t("money.rates.title")}</h2>
      <p>{t("money.rates.lead")}</p>
      {items.length === 0 ? <p role="status">{t("money.rates.none", { home })}</p> : undefined}
      <ul className="rows">
        {items.map((rate) => (
          <Row key={rate.id} rate={rate} home={home} acts={acts} />
        ))}
      </ul>
      {acts ? <Saying home={home} /> : undefined}
    </section>
  );
}

function Row({ rate, home, acts }: { readonly rate: Rate; readonly home: string; readonly acts: boolean }) {
  const t = useT();
  const { currency, on, source, state, by, confirmedBy } = rate;
  const who = by === undefined ? t("money.rates.file") : confirmedBy ? t("money.rates.by", { name: by, other: confirmedBy }) : undefined;
  return (
    <li>
      <div>
        <h3>
          {rate.home} {home} = {rate.foreign} {currency}
        </h3>
        <p>
          <Day on={on} /> · {source} · {who ?? t("money.rates.waits", { name: by ?? "" })}
        </p>
      </div>
      {acts && state === "proposed" ? <Answer rate={rate} /> : undefined}
    </li>
  );
}

function Answer({ rate: { id, mine } }: { readonly rate: Rate }) {
  const t = useT();
  const confirm = useAct(confirmRate);
  const discard = useAct(discardRate);
  const input = { rate: id };
  return (
    <div>
      {mine ? undefined : (
        <Form
          act={async () => void (await confirm.act(input))}
          says={t("money.rates.confirm")}
          busy={confirm.busy}
          ready
          refusal={confirm.refusal}
        />
      )}
      <Form
        act={async () => void (await discard.act(input))}
        says={t("money.rates.discard")}
        busy={discard.busy}
        ready
        refusal={discard.refusal}
      />
    </div>
  );
}

/** The rate as it was published, in whichever direction: so much of the one is so much of the other. */
function Saying({ home }: { readonly home: string }) {
  const t = useT();
  const [typed, type] = useState({ currency: "", on: "", home: "1", foreign: "", source: "" });
  const { act, busy, refusal } = useAct(proposeRate);
  const of = (name: keyof typeof typed) => ({
    name,
    value: typed[name],
    change: (value: string) => type({ ...typed, [name]: value }),
    fault: faultAt(refusal, `/${name}`),
  });
  const say = async (): Promise<void> => {
    const currency = typed.currency.trim().toUpperCase();
    const told = await act({ ...typed, currency, home: decimalTyped(typed.home), foreign: decimalTyped(typed.foreign) });
    if (told) type({ ...typed, foreign: "" });
  };
  return (
    <details className="unfold">
      <summary>{t("money.rates.say")}</summary>
      <Form
        act={say}
        says={t("money.rates.propose")}
        busy={busy}
        ready={Object.values(typed).every((value) => value.trim() !== "")}
        refusal={refusal}
      >
        <div className="beside">
          <Field label={t("money.rates.currency")} {...of("currency")} />
          <DateField label={t("money.rates.on")} {...of("on")} />
        </div>
        <div className="beside">
          <Field label={t("money.rates.home", { home })} mode="decimal" {...of("home")} />
          <Field
            label={t("money.rates.foreign", { currency: typed.currency.trim().toUpperCase() || "…" })}
            mode="decimal"
            {...of("foreign")}
          />
        </div>
        <Field label={t("money.rates.source")} {...of("source")} />
      </Form>
    </details>
  );
}
