// Lines of the bank's statement. One treasurer enters a line, another confirms it; only then is it booked.
import { confirmBankLine, discardBankLine, type listBankLines } from "@partcommune/shared/money/api";
import type { ToldOf } from "@partcommune/shared/platform/endpoint";
import { useAct } from "../../platform/call.tsx";
import { useT } from "../../platform/i18n.tsx";
import { useAwake } from "../../ui/awake.ts";
import { Money, useMoney } from "../../ui/money.tsx";
import { Refusal } from "../../ui/refusal.tsx";
import { Day } from "../../ui/when.tsx";

type Line = ToldOf<typeof listBankLines>["items"][number];

type Props = {
  readonly id: string;
  readonly title: string;
  readonly empty: string;
  readonly items: readonly Line[];
  readonly acts: boolean;
};

export function BankLines({ id, title, empty, items, acts }: Props) {
  return (
    <section aria-labelledby={`lines-${id}`}>
      <h2 id={`lines-${id}`}>{title}</h2>
      {items.length === 0 ? <p role="status">{empty}</p> : undefined}
      <ul className="rows">
        {items.map((line) => (
          <Row key={line.id} line={line} acts={acts} />
        ))}
      </ul>
    </section>
  );
}

function Row({ line, acts }: { readonly line: Line; readonly acts: boolean }) {
  const t = useT();
  const { kind, about, bookedOn, reference, amount, enteredBy, confirmedBy, state } = line;
  return (
    <li>
      <div>
        <h3>{t(`money.line.${kind}`, { about })}</h3>
        <p>
          <Day on={bookedOn} /> · {reference}
        </p>
        <p className="steps">
          {t(`money.line.state.${state}`)} · {t("money.line.enteredBy", { name: enteredBy })}
          {confirmedBy ? ` · ${t("money.line.confirmedBy", { name: confirmedBy })}` : undefined}
        </p>
      </div>
      <p>
        <strong>
          <Money of={amount} />
        </strong>
      </p>
      {acts ? <Acts line={line} /> : undefined}
    </li>
  );
}

function Acts({ line: { id, mine, amount } }: { readonly line: Line }) {
  const t = useT();
  const awake = useAwake();
  const price = useMoney()(amount);
  const confirm = useAct(confirmBankLine);
  const discard = useAct(discardBankLine);
  const busy = !awake || confirm.busy || discard.busy;
  return (
    <div className="wide">
      <Refusal problem={confirm.refusal ?? discard.refusal} />
      <p className="acts">
        {mine ? (
          <span>{t("money.line.another")}</span>
        ) : (
          <button type="button" disabled={busy} onClick={() => void confirm.act({ line: id })}>
            {t("money.line.confirm", { price })}
          </button>
        )}
        <button type="button" className="quiet" disabled={busy} onClick={() => void discard.act({ line: id })}>
          {t("money.line.discard")}
        </button>
      </p>
    </div>
  );
}
