// Money of people whom nobody here knows: said to be theirs, sent back by the bank, and seen until it went.
import { explainLine, type listWaitingLines } from "@partcommune/shared/money/api/statement";
import { listStrays } from "@partcommune/shared/money/api/stray";
import type { ToldOf } from "@partcommune/shared/platform/endpoint";
import { useState } from "react";
import { useAct, useAsked } from "../../platform/call.tsx";
import { useT } from "../../platform/i18n.tsx";
import { Field } from "../../ui/field.tsx";
import { Form } from "../../ui/form.tsx";
import { Money } from "../../ui/money.tsx";
import { Unfold } from "../../ui/unfold.tsx";
import { Day } from "../../ui/when.tsx";
import { LineForm } from "./line-form.tsx";

type Waiting = ToldOf<typeof listWaitingLines>["items"][number];
type Stray = ToldOf<typeof listStrays>["items"][number];

/** What nobody can explain is not ours. */
export function ExplainStray({ line: { id, party }, done }: { readonly line: Waiting; readonly done: () => void }) {
  const t = useT();
  const [from, setFrom] = useState(party);
  const { act, busy, refusal } = useAct(explainLine);
  const explain = async (): Promise<void> => {
    if (await act({ waiting: id, means: { kind: "strayReceived", from: from.trim() } })) done();
  };
  return (
    <Unfold says={t("money.stray.open")}>
      <Form act={explain} says={t("money.unexplained.say")} busy={busy} ready={from.trim() !== ""} refusal={refusal}>
        <p className="hint">{t("money.stray.says")}</p>
        <Field label={t("money.stray.from")} name={`from-${id}`} value={from} change={setFrom} />
      </Form>
    </Unfold>
  );
}

export function Strays({ acts }: { readonly acts: boolean }) {
  const t = useT();
  const { items = [] } = useAsked(listStrays, {}, true, "desk:money") ?? {};
  const gone = items.filter(({ back }) => back?.state === "booked");
  const waiting = items.filter((stray) => !gone.includes(stray));
  if (items.length === 0) return undefined;
  return (
    <section aria-labelledby="strays">
      <h2 id="strays">{t("money.strays.title")}</h2>
      <p className="hint">{t("money.strays.says")}</p>
      <ul className="rows">
        {waiting.map((stray) => (
          <OneStray key={stray.id} stray={stray} acts={acts} />
        ))}
      </ul>
      {gone.length > 0 ? (
        <details className="folded">
          <summary>{t("money.strays.gone", { count: gone.length })}</summary>
          <ul className="rows">
            {gone.map((stray) => (
              <OneStray key={stray.id} stray={stray} acts={false} />
            ))}
          </ul>
        </details>
      ) : undefined}
    </section>
  );
}

function OneStray({ stray: { id, from, cameOn, amount, back }, acts }: { readonly stray: Stray; readonly acts: boolean }) {
  const t = useT();
  return (
    <li>
      <div>
        <h3>{from}</h3>
        <p>
          {t("money.strays.came")} <Day on={cameOn} />
        </p>
        <p className="steps">
          {t(`money.strays.${back?.state ?? "waits"}`)} {back ? <Day on={back.on} /> : undefined}
        </p>
      </div>
      <strong>
        <Money of={amount} />
      </strong>
      {acts && !back ? (
        <LineForm opens={t("money.strays.enter")} means={{ kind: "straySentBack", stray: id }} expected={amount} />
      ) : undefined}
    </li>
  );
}
