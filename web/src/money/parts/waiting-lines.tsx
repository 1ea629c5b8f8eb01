// Lines of the bank that nobody has explained: worked by keyboard alone. The likeliest meaning is chosen already, arrows choose another, Enter says it, and the next line has the focus.
import { listOpenInvoices } from "@partcommune/shared/money/api";
import { explainLine, listWaitingLines } from "@partcommune/shared/money/api/statement";
import type { ToldOf } from "@partcommune/shared/platform/endpoint";
import { useEffect, useRef, useState } from "react";
import { useAct, useAsked, useWanted } from "../../platform/call.tsx";
import { useT } from "../../platform/i18n.tsx";
import { Form } from "../../ui/form.tsx";
import { Money } from "../../ui/money.tsx";
import { Day } from "../../ui/when.tsx";
import { ExplainCost } from "./cost-fields.tsx";
import { ExplainBatch } from "./explain-batch.tsx";
import { useLineText } from "./line-text.ts";
import { ExplainSeveral } from "./several-parts.tsx";
import { ExplainStray } from "./strays.tsx";

type Waiting = ToldOf<typeof listWaitingLines>["items"][number];

export function WaitingLines({ acts }: { readonly acts: boolean }) {
  const t = useT();
  const { items = [] } = useAsked(listWaitingLines, {}, true, "desk:money") ?? {};
  const invoices = useWanted(listOpenInvoices, {}, "desk:money").items;
  const [said, setSaid] = useState(0);
  const list = useRef<HTMLUListElement>(null);
  // Whoever has just explained one goes on with the next; nobody who only looks is moved.
  useEffect(() => {
    if (said > 0) list.current?.querySelector<HTMLInputElement>("input:checked")?.focus();
  }, [said, items.length]);
  return (
    <>
      <h3>{t("money.unexplained.title", { count: items.length })}</h3>
      {acts && items.length > 0 ? <p className="hint">{t("money.unexplained.keys")}</p> : undefined}
      <ul className="rows" ref={list}>
        {items.map((line) => (
          <OneLine key={line.id} line={line} invoices={invoices} acts={acts} done={() => setSaid(said + 1)} />
        ))}
      </ul>
    </>
  );
}

type OneLineProps = {
  readonly line: Waiting;
  readonly invoices: ToldOf<typeof listOpenInvoices>["items"];
  readonly acts: boolean;
  readonly done: () => void;
};

function OneLine({ line, invoices, acts, done }: OneLineProps) {
  const t = useT();
  const { bookedOn, amount, came, party, words, left, suggestions } = line;
  return (
    <li>
      <div>
        <h4>
          {t(came ? "money.unexplained.came" : "money.unexplained.left")} · {party || t("money.unexplained.nobody")}
        </h4>
        <p>
          <Day on={bookedOn} />
          {words ? ` · ${words.replaceAll("\n", " · ")}` : ""}
        </p>
        <p className="steps">{t(`money.unexplained.why.${left}`)}</p>
      </div>
      <strong>
        <Money of={amount} />
      </strong>
      {acts ? suggestions.length > 0 ? <Explaining line={line} done={done} /> : <p>{t("money.unexplained.none")}</p> : undefined}
      {acts ? <ExplainCost line={{ id: line.id, came, party, currency: amount.currency }} done={done} /> : undefined}
      {acts && !came ? <ExplainBatch line={line} done={done} /> : undefined}
      {acts && came ? <ExplainStray line={line} done={done} /> : undefined}
      {acts ? <ExplainSeveral line={line} invoices={invoices} done={done} /> : undefined}
    </li>
  );
}

function Explaining({ line: { id, suggestions }, done }: Omit<OneLineProps, "acts" | "invoices">) {
  const t = useT();
  const lineText = useLineText();
  const [chosen, choose] = useState(0);
  const { act, busy, refusal } = useAct(explainLine);
  const means = suggestions[chosen]?.means;
  const explain = async (): Promise<void> => {
    if (means && (await act({ waiting: id, means }))) done();
  };
  return (
    <div className="unfold">
      <Form act={explain} says={t("money.unexplained.say")} busy={busy} ready={means !== undefined} refusal={refusal}>
        <legend>{t("money.unexplained.means")}</legend>
        {suggestions.map(({ means: each, why, ...named }, at) => (
          <label key={at} className="tick">
            <input type="radio" name={`means-${id}`} checked={at === chosen} onChange={() => choose(at)} />
            <span>
              {lineText({ kind: each.kind, ...named })} · {t(`money.unexplained.because.${why}`)}
            </span>
          </label>
        ))}
      </Form>
    </div>
  );
}
