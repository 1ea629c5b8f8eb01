// How a member bills the coop: who they are as a business, which VAT they ask, and the agreement that lets the coop write their invoices.
import { readBilling, setBilling, withdrawBilling } from "@partcommune/shared/money/api";
import { vatSchemes } from "@partcommune/shared/money/rules/self-billing";
import { readCoop } from "@partcommune/shared/platform/api";
import type { AskedOf, ToldOf } from "@partcommune/shared/platform/endpoint";
import type { ProblemBody } from "@partcommune/shared/platform/refusal";
import { useState } from "react";
import { Country } from "../../membership/parts/country.tsx";
import { useAct, useWanted } from "../../platform/call.tsx";
import { useSpeech, useT } from "../../platform/i18n.tsx";
import { Fact } from "../../ui/fact.tsx";
import { Field, Pick as Choice, Tick } from "../../ui/field.tsx";
import { Form } from "../../ui/form.tsx";
import { faultAt } from "../../ui/refusal.tsx";
import { Unfold } from "../../ui/unfold.tsx";
import { At } from "../../ui/when.tsx";

type Told = ToldOf<typeof readBilling>;
type Business = Omit<AskedOf<typeof setBilling>, "member" | "language" | "agreement">;

export function Billing({ member }: { readonly member: string }) {
  const t = useT();
  const billing = useWanted(readBilling, { member }, `member:${member}`);
  if (!billing.needed) return undefined;
  const version = billing.agreement?.at ?? "";
  return (
    <section aria-labelledby="billing">
      <h2 id="billing">{t("billing.title")}</h2>
      {billing.agreed ? (
        <>
          <Said billing={billing} />
          <Unfold says={t("billing.change")}>
            <Steps key={version} member={member} billing={billing} />
          </Unfold>
          <Withdrawing member={member} />
        </>
      ) : (
        <>
          <p role="status">{t("billing.wanted")}</p>
          <Steps key={version} member={member} billing={billing} />
        </>
      )}
    </section>
  );
}

function Said({ billing: { said, agreement } }: { readonly billing: Told }) {
  const t = useT();
  if (!said || !agreement) return undefined;
  return (
    <>
      <dl className="facts">
        <Fact says={t("billing.business")}>
          {said.name}, {said.street}, {said.postcode} {said.town}
        </Fact>
        <Fact says={t("billing.vat")}>
          {t(`billing.scheme.${said.scheme}`)}, {said.taxNumber}
        </Fact>
        <Fact says={t("billing.series")}>{said.biller}</Fact>
        <Fact says={t("billing.agreedAt")}>
          <At at={agreement.at} />
        </Fact>
      </dl>
      <Unfold says={t("billing.readAgain")}>
        <p className="letter" lang={agreement.language}>
          {agreement.text}
        </p>
      </Unfold>
    </>
  );
}

const blank = (country: string): Business => ({
  name: "",
  street: "",
  postcode: "",
  town: "",
  country,
  scheme: "exempt",
  taxNumber: "",
});

type StepProps = {
  readonly business: Business;
  readonly change: (business: Business) => void;
  readonly refusal: ProblemBody | undefined;
};

/** Three short steps: the business, its VAT, the agreement. */
function Steps({ member, billing: { said, texts } }: { readonly member: string; readonly billing: Told }) {
  const t = useT();
  const { language } = useSpeech();
  const { country = "BE" } = useWanted(readCoop, {});
  const [step, setStep] = useState(0);
  const [agrees, setAgrees] = useState(false);
  const [business, change] = useState<Business>(() => (said ? businessOf(said) : blank(country)));
  const { act, busy, refusal } = useAct(setBilling);
  const text = texts.find((each) => each.language === language) ?? texts[0];
  const asks = [isWhole(business), business.taxNumber.trim() !== "", agrees && text !== undefined];
  const last = step === asks.length - 1;
  const go = async (): Promise<void> => {
    if (!last) return setStep(step + 1);
    if (text) await act({ member, ...business, language: text.language, agreement: text.hash });
  };
  const props = { business, change, refusal };
  return (
    <Form
      act={go}
      says={last ? t("billing.agree") : t("billing.next")}
      busy={busy}
      ready={asks[step] ?? false}
      refusal={refusal}
      back={step === 0 ? undefined : () => setStep(step - 1)}
    >
      <p className="steps">{t("billing.step", { step: step + 1, of: asks.length })}</p>
      {step === 0 ? <OfBusiness {...props} /> : undefined}
      {step === 1 ? <OfVat {...props} /> : undefined}
      {last && text ? (
        <>
          <p className="letter">{text.text}</p>
          <Tick label={t("billing.agrees")} name="agrees" value={agrees} change={setAgrees} />
        </>
      ) : undefined}
    </Form>
  );
}

const businessOf = ({ name, street, postcode, town, country, scheme, taxNumber }: NonNullable<Told["said"]>): Business => ({
  name,
  street,
  postcode,
  town,
  country,
  scheme,
  taxNumber,
});

const isWhole = ({ name, street, postcode, town }: Business): boolean =>
  [name, street, postcode, town].every((value) => value.trim() !== "");

function OfBusiness({ business, change, refusal }: StepProps) {
  const t = useT();
  const field = (name: "name" | "street" | "postcode" | "town", complete: string) => (
    <Field
      label={t(`billing.${name}`)}
      name={`billing-${name}`}
      complete={complete}
      value={business[name]}
      change={(value) => change({ ...business, [name]: value })}
      fault={faultAt(refusal, `/${name}`)}
    />
  );
  return (
    <>
      {field("name", "organization")}
      {field("street", "street-address")}
      {field("postcode", "postal-code")}
      {field("town", "address-level2")}
      <Country label={t("billing.country")} value={business.country} change={(country) => change({ ...business, country })} />
    </>
  );
}

function OfVat({ business, change, refusal }: StepProps) {
  const t = useT();
  const { scheme, taxNumber } = business;
  return (
    <>
      <Choice
        label={t("billing.scheme")}
        name="scheme"
        value={scheme}
        change={(chosen) => change({ ...business, scheme: chosen })}
        options={vatSchemes.map((each) => ({ value: each, says: t(`billing.scheme.${each}`) }))}
        hint={t(`billing.scheme.hint.${scheme}`)}
      />
      <Field
        label={t(`billing.number.${scheme}`)}
        name="taxNumber"
        value={taxNumber}
        change={(typed) => change({ ...business, taxNumber: typed })}
        fault={faultAt(refusal, "/taxNumber")}
      />
    </>
  );
}

function Withdrawing({ member }: { readonly member: string }) {
  const t = useT();
  const { act, busy, refusal } = useAct(withdrawBilling);
  return (
    <Unfold says={t("billing.withdraw.open")} faint>
      <Form act={async () => void (await act({ member }))} says={t("billing.withdraw")} busy={busy} ready refusal={refusal}>
        <p>{t("billing.withdraw.says")}</p>
      </Form>
    </Unfold>
  );
}
