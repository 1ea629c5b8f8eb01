// The bank account to which a member's money goes: shown masked, set by its owner alone.
import { setIban } from "@partcommune/shared/money/api";
import { useState } from "react";
import { useAct } from "../../platform/call.tsx";
import { useT } from "../../platform/i18n.tsx";
import { Field } from "../../ui/field.tsx";
import { Form } from "../../ui/form.tsx";
import { faultAt } from "../../ui/refusal.tsx";
import { At } from "../../ui/when.tsx";

export function Account({ member, iban }: { readonly member: string; readonly iban: string | undefined }) {
  const t = useT();
  const [typed, setTyped] = useState("");
  const { act, busy, told, refusal } = useAct(setIban);
  const send = async (): Promise<void> => {
    if (await act({ member, iban: typed })) setTyped("");
  };
  return (
    <section aria-labelledby="account">
      <h2 id="account">{t("money.account.title")}</h2>
      <p>{iban ? t("money.account.is", { iban }) : t("money.account.none")}</p>
      {told ? (
        <p role="status">
          {t("money.account.told", { iban: told.iban })} <At at={told.from} />. {told.waits ? t("money.account.waits") : ""}
        </p>
      ) : undefined}
      <Form act={send} says={t("money.account.set")} busy={busy} ready={typed.trim() !== ""} refusal={refusal}>
        <Field
          label={iban ? t("money.account.other") : t("money.account.iban")}
          name="iban"
          value={typed}
          change={setTyped}
          hint={iban ? t("money.account.other.hint") : t("money.account.hint")}
          fault={faultAt(refusal, "/iban")}
        />
      </Form>
    </section>
  );
}
