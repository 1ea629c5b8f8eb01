// The account that the coop pays from: one treasurer proposes it, another confirms it.
import { confirmHouseAccount, discardHouseAccount, proposeHouseAccount, readHouseAccount } from "@partcommune/shared/money/api";
import type { ToldOf } from "@partcommune/shared/platform/endpoint";
import { useState } from "react";
import { useAct, useAsked } from "../../platform/call.tsx";
import { useT } from "../../platform/i18n.tsx";
import { Field } from "../../ui/field.tsx";
import { Form } from "../../ui/form.tsx";
import { faultAt } from "../../ui/refusal.tsx";

type Account = NonNullable<ToldOf<typeof readHouseAccount>["account"]>;

export function HouseAccount({ acts }: { readonly acts: boolean }) {
  const t = useT();
  const told = useAsked(readHouseAccount, {}, true, "desk:money");
  if (!told) return undefined;
  const { account, proposed } = told;
  return (
    <section aria-labelledby="house">
      <h2 id="house">{t("money.house.title")}</h2>
      {account ? <Said account={account} /> : <p role="status">{t("money.house.none")}</p>}
      {proposed ? <Proposed account={proposed} acts={acts} /> : undefined}
      {acts && !proposed ? <Proposing /> : undefined}
    </section>
  );
}

function Said({ account: { iban, bic, holder, by, confirmedBy } }: { readonly account: Account }) {
  const t = useT();
  return (
    <>
      <p>
        <strong>{iban.replaceAll(/(.{4})(?=.)/g, "$1 ")}</strong>
        {bic ? ` · ${bic}` : ""} · {holder}
      </p>
      <p className="steps">
        {t("money.house.by", { name: by })}
        {confirmedBy ? ` · ${t("money.line.confirmedBy", { name: confirmedBy })}` : ""}
      </p>
    </>
  );
}

function Proposed({ account, acts }: { readonly account: Account; readonly acts: boolean }) {
  const t = useT();
  const confirm = useAct(confirmHouseAccount);
  const discard = useAct(discardHouseAccount);
  const { id, mine } = account;
  return (
    <>
      <h3>{t("money.house.proposed")}</h3>
      <Said account={account} />
      {acts && !mine ? (
        <Form
          act={async () => void (await confirm.act({ account: id }))}
          says={t("money.house.confirm")}
          busy={confirm.busy}
          ready
          refusal={confirm.refusal}
        />
      ) : (
        <p>{t("money.line.another")}</p>
      )}
      {acts ? (
        <details className="unfold faint">
          <summary>{t("money.house.discard.open")}</summary>
          <Form
            act={async () => void (await discard.act({ account: id }))}
            says={t("money.house.discard")}
            busy={discard.busy}
            ready
            refusal={discard.refusal}
          />
        </details>
      ) : undefined}
    </>
  );
}

function Proposing() {
  const t = useT();
  const [typed, setTyped] = useState({ iban: "", bic: "", holder: "" });
  const { act, busy, refusal } = useAct(proposeHouseAccount);
  const of = (name: keyof typeof typed) => ({
    name,
    value: typed[name],
    change: (value: string) => setTyped({ ...typed, [name]: value }),
    fault: faultAt(refusal, `/${name}`),
  });
  const propose = async (): Promise<void> => {
    const { iban, bic, holder } = typed;
    const bank = bic.replaceAll(" ", "").toUpperCase();
    await act({ iban, holder, ...(bank === "" ? {} : { bic: bank }) });
  };
  return (
    <details className="unfold">
      <summary>{t("money.house.open")}</summary>
      <Form
        act={propose}
        says={t("money.house.propose")}
        busy={busy}
        ready={typed.iban.trim() !== "" && typed.holder.trim() !== ""}
        refusal={refusal}
      >
        <Field label={t("money.house.iban")} {...of("iban")} />
        <Field label={t("money.house.bic")} hint={t("money.house.bic.hint")} {...of("bic")} />
        <Field label={t("money.house.holder")} {...of("holder")} />
      </Form>
    </details>
  );
}
