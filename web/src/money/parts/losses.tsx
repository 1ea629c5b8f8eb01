// What clients never pay: a treasurer proposes on the invoice's page to give it up, another confirms it on the desk.
import { confirmLoss, discardLoss, proposeLoss, type listLosses } from "@partcommune/shared/money/api";
import type { ToldOf } from "@partcommune/shared/platform/endpoint";
import { useState } from "react";
import { useAct } from "../../platform/call.tsx";
import { useT } from "../../platform/i18n.tsx";
import { Pick } from "../../ui/field.tsx";
import { Form } from "../../ui/form.tsx";
import { Link } from "../../ui/link.tsx";
import { Money, useMoney } from "../../ui/money.tsx";
import { Relief } from "./relief.tsx";

type Loss = ToldOf<typeof listLosses>["items"][number];

export function ProposeLoss({ invoice }: { readonly invoice: string }) {
  const t = useT();
  const [because, setBecause] = useState<Loss["because"]>("overdue");
  const { act, busy, refusal } = useAct(proposeLoss);
  const reasons = (["overdue", "insolvent"] as const).map((value) => ({ value, says: t(`money.loss.because.${value}`) }));
  return (
    <details className="unfold">
      <summary>{t("money.loss.open")}</summary>
      <Form act={async () => void (await act({ invoice, because }))} says={t("money.loss.propose")} busy={busy} ready refusal={refusal}>
        <p>{t("money.loss.says")}</p>
        <Pick label={t("money.loss.because")} name="because" value={because} change={setBecause} options={reasons} />
      </Form>
    </details>
  );
}

/** The desk's list; nothing where nothing was ever given up. */
export function Losses({ losses, acts }: { readonly losses: readonly Loss[]; readonly acts: boolean }) {
  const t = useT();
  if (losses.length === 0) return undefined;
  return (
    <section aria-labelledby="losses">
      <h2 id="losses">{t("money.losses.title")}</h2>
      <ul className="rows">
        {losses.map((loss) => (
          <Row key={loss.id} loss={loss} acts={acts} />
        ))}
      </ul>
    </section>
  );
}

function Row({ loss, acts }: { readonly loss: Loss; readonly acts: boolean }) {
  const t = useT();
  const say = useMoney();
  const { id, vat, invoice, invoiceNumber, client, because, state, open, recovered, proposedBy, confirmedBy } = loss;
  return (
    <li>
      <div>
        <h3>
          <span className="whole">
            <Link to={`/client/invoices/${invoice}`}>{invoiceNumber}</Link>
          </span>
        </h3>
        <p>
          {client} · {t(`money.loss.because.${because}`)} · <Bearer loss={loss} />
        </p>
        <p className="steps">
          {t(`money.loss.${state}`)} · {t("money.credit.by", { name: proposedBy })}
          {confirmedBy ? ` · ${t("money.line.confirmedBy", { name: confirmedBy })}` : ""}
          {/[1-9]/.test(recovered.amount) ? ` · ${t("money.loss.recovered", { sum: say(recovered) })}` : ""}
        </p>
      </div>
      <strong>
        <Money of={open} />
      </strong>
      {acts && state === "proposed" ? <Confirmation loss={loss} /> : undefined}
      {vat ? <Relief loss={id} vat={vat} acts={acts} /> : undefined}
    </li>
  );
}

/** Who bears it: the pot, with another coop where the treaty says so, or whoever did the work. */
function Bearer({ loss: { guaranteed, sisterBears } }: { readonly loss: Loss }) {
  const t = useT();
  const say = useMoney();
  if (sisterBears) return t("money.loss.shared", { sum: say(sisterBears) });
  return t(guaranteed ? "money.loss.guaranteed" : "money.loss.not");
}

function Confirmation({ loss: { id, mine, open } }: { readonly loss: Loss }) {
  const t = useT();
  const say = useMoney();
  const confirm = useAct(confirmLoss);
  const discard = useAct(discardLoss);
  return (
    <div className="unfold">
      {mine ? (
        <p>{t("money.loss.another")}</p>
      ) : (
        <Form
          act={async () => void (await confirm.act({ loss: id }))}
          says={t("money.loss.confirm", { sum: say(open) })}
          busy={confirm.busy}
          ready
          refusal={confirm.refusal}
        />
      )}
      <details className="unfold">
        <summary>{t("money.loss.discard.open")}</summary>
        <Form
          act={async () => void (await discard.act({ loss: id }))}
          says={t("money.loss.discard")}
          busy={discard.busy}
          ready
          refusal={discard.refusal}
        />
      </details>
    </div>
  );
}
