// Handing in an expense: a receipt with its picture and what it shows, or kilometres and days away at the country's rate.
import { handInAllowance, handInReceipt } from "@partcommune/shared/money/api";
import { useState } from "react";
import { useAct } from "../../platform/call.tsx";
import { useT } from "../../platform/i18n.tsx";
import { FilePicker } from "../../platform/parts/files.tsx";
import { useUploads } from "../../platform/upload.ts";
import { amountFrom, ppmFrom } from "../../ui/decimal.ts";
import { DateField, Field } from "../../ui/field.tsx";
import { Form } from "../../ui/form.tsx";
import { faultAt } from "../../ui/refusal.tsx";
import type { ExpensesTold } from "./expenses.tsx";

type Into = { readonly budget?: string };

const empty = { about: "", spentOn: "", amount: "", rate: "", vat: "" };

export function ReceiptForm({ member, currency, into }: { readonly member: string; readonly currency: string; readonly into: Into }) {
  const t = useT();
  const uploads = useUploads({ subjectKind: "member", subject: member });
  const [typed, setTyped] = useState(empty);
  const { act, busy, told, refusal } = useAct(handInReceipt);
  const of = (name: keyof typeof typed) => ({
    name,
    value: typed[name],
    change: (value: string) => setTyped({ ...typed, [name]: value }),
    fault: faultAt(refusal, `/${name}`),
  });
  const hand = async (): Promise<void> => {
    const money = { amount: amountFrom(typed.amount, currency), vat: amountFrom(typed.vat || "0", currency) };
    const words = { about: typed.about, spentOn: typed.spentOn, rate: ppmFrom(typed.rate || "0") };
    if (!(await act({ ...words, ...money, ...into, files: [...uploads.arrived] }))) return;
    setTyped(empty);
    uploads.forget();
  };
  return (
    <section aria-labelledby="receipt">
      <h2 id="receipt">{t("outlays.receipt.title")}</h2>
      <p className="hint">{t("outlays.receipt.hint")}</p>
      {told ? <p role="status">{t("outlays.expense.told")}</p> : undefined}
      <Form
        act={hand}
        says={t("outlays.expense.handIn")}
        busy={busy}
        ready={
          !uploads.busy && uploads.arrived.length > 0 && typed.about.trim() !== "" && typed.spentOn !== "" && typed.amount.trim() !== ""
        }
        refusal={refusal}
      >
        <Field label={t("outlays.expense.about")} {...of("about")} />
        <DateField label={t("outlays.expense.spentOn")} {...of("spentOn")} />
        <Field label={t("outlays.receipt.amount", { currency })} mode="decimal" {...of("amount")} />
        <Field label={t("outlays.receipt.rate")} mode="decimal" hint={t("outlays.receipt.rate.hint")} {...of("rate")} />
        <Field label={t("outlays.receipt.vat", { currency })} mode="decimal" {...of("vat")} />
        <FilePicker uploads={uploads} />
      </Form>
    </section>
  );
}

type Allowance = ExpensesTold["allowances"][number];

/** One form for each rate that holds; of what has none it is said that it is not offered. */
export function AllowanceForms({ allowances, into }: { readonly allowances: readonly Allowance[]; readonly into: Into }) {
  const t = useT();
  const missing = (["kilometres", "days"] as const).filter((kind) => !allowances.some((each) => each.kind === kind));
  return (
    <>
      {allowances.map((allowance) => (
        <AllowanceForm key={allowance.kind} allowance={allowance} into={into} />
      ))}
      {missing.map((kind) => (
        <p key={kind} className="hint">
          {t(`outlays.none.${kind}`)}
        </p>
      ))}
    </>
  );
}

function AllowanceForm({ allowance, into }: { readonly allowance: Allowance; readonly into: Into }) {
  const t = useT();
  const { kind, perUnit, currency, source } = allowance;
  const [typed, setTyped] = useState({ about: "", spentOn: "", units: "" });
  const { act, busy, told, refusal } = useAct(handInAllowance);
  const of = (name: keyof typeof typed) => ({
    name,
    value: typed[name],
    change: (value: string) => setTyped({ ...typed, [name]: value }),
    fault: faultAt(refusal, `/${name}`),
  });
  const units = Number(typed.units);
  const hand = async (): Promise<void> => {
    if (await act({ about: typed.about, spentOn: typed.spentOn, kind, units, ...into })) setTyped({ about: "", spentOn: "", units: "" });
  };
  return (
    <section aria-labelledby={kind}>
      <h2 id={kind}>{t(`outlays.allowance.${kind}`)}</h2>
      <p className="hint">{t(`outlays.allowance.rate.${kind}`, { rate: perUnit, currency, source })}</p>
      {told ? <p role="status">{t("outlays.expense.told")}</p> : undefined}
      <Form
        act={hand}
        says={t("outlays.expense.handIn")}
        busy={busy}
        ready={typed.about.trim() !== "" && typed.spentOn !== "" && Number.isInteger(units) && units > 0}
        refusal={refusal}
      >
        <Field label={t(`outlays.allowance.about.${kind}`)} {...of("about")} />
        <DateField label={t("outlays.expense.spentOn")} {...of("spentOn")} />
        <Field label={t(`outlays.allowance.units.${kind}`)} mode="numeric" {...of("units")} />
      </Form>
    </section>
  );
}
