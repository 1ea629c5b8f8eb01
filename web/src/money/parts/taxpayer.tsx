// Who a member who bills the coop is for the tax office, said on the page where they say how they bill, and shown to nobody else.
import { readTaxpayer, setTaxpayer } from "@partcommune/shared/money/api/income-report";
import { taxpayerKinds } from "@partcommune/shared/money/rules/taxpayer";
import { readCoop } from "@partcommune/shared/platform/api";
import type { AskedOf, ToldOf } from "@partcommune/shared/platform/endpoint";
import type { ProblemBody } from "@partcommune/shared/platform/refusal";
import { useState } from "react";
import { Country } from "../../membership/parts/country.tsx";
import { useAct, useWanted } from "../../platform/call.tsx";
import { useT } from "../../platform/i18n.tsx";
import { Fact } from "../../ui/fact.tsx";
import { DateField, Field, Pick as Choice, Tick } from "../../ui/field.tsx";
import { Form } from "../../ui/form.tsx";
import { faultAt } from "../../ui/refusal.tsx";
import { Unfold } from "../../ui/unfold.tsx";
import { At, Day } from "../../ui/when.tsx";

type Said = NonNullable<ToldOf<typeof readTaxpayer>["said"]>;

export function Taxpayer({ member }: { readonly member: string }) {
  const t = useT();
  const { needed, said, asked } = useWanted(readTaxpayer, { member }, `member:${member}`);
  if (!needed) return undefined;
  return (
    <section aria-labelledby="taxpayer">
      <h2 id="taxpayer">{t("incomes.who.title")}</h2>
      <p>{t("incomes.who.says")}</p>
      {asked ? (
        <p role="status">
          {t("incomes.who.wanted")} <At at={asked} />.
        </p>
      ) : undefined}
      {said ? (
        <>
          <Facts said={said} />
          <Unfold says={t("incomes.who.change")}>
            <Saying key={JSON.stringify(said)} member={member} said={said} />
          </Unfold>
        </>
      ) : (
        <Saying member={member} said={undefined} />
      )}
    </section>
  );
}

function Facts({ said }: { readonly said: Said }) {
  const t = useT();
  if (said.kind === "company")
    return (
      <dl className="facts">
        <Fact says={t("incomes.who.number")}>{said.taxNumber}</Fact>
        <Fact says={t("incomes.who.register")}>{said.registerNumber}</Fact>
      </dl>
    );
  const { firstName, lastName, bornOn, taxNumber, bornIn } = said;
  return (
    <dl className="facts">
      <Fact says={t("incomes.who.name")}>
        {firstName} {lastName}
      </Fact>
      <Fact says={t("incomes.who.bornOn")}>
        <Day on={bornOn} />
      </Fact>
      {taxNumber === undefined ? undefined : <Fact says={t("incomes.who.number")}>{taxNumber}</Fact>}
      {bornIn ? <Fact says={t("incomes.who.bornTown")}>{`${bornIn.town}, ${bornIn.country}`}</Fact> : undefined}
    </dl>
  );
}

/** What is typed, whichever of it is asked in the end. */
type Typed = {
  readonly kind: Said["kind"];
  readonly firstName: string;
  readonly lastName: string;
  readonly bornOn: string;
  readonly taxNumber: string;
  readonly unnumbered: boolean;
  readonly bornTown: string;
  readonly bornCountry: string;
  readonly registerNumber: string;
};

function typedOf(said: Said | undefined, country: string): Typed {
  const individual = said?.kind === "individual" ? said : undefined;
  return {
    kind: said?.kind ?? "individual",
    firstName: individual?.firstName ?? "",
    lastName: individual?.lastName ?? "",
    bornOn: individual?.bornOn ?? "",
    taxNumber: said?.taxNumber ?? "",
    unnumbered: individual !== undefined && individual.taxNumber === undefined,
    bornTown: individual?.bornIn?.town ?? "",
    bornCountry: individual?.bornIn?.country ?? country,
    registerNumber: said?.kind === "company" ? said.registerNumber : "",
  };
}

const taxpayerOf = ({ kind, taxNumber, registerNumber, ...typed }: Typed): AskedOf<typeof setTaxpayer>["taxpayer"] => {
  if (kind === "company") return { kind, taxNumber, registerNumber };
  const { firstName, lastName, bornOn, unnumbered, bornTown: town, bornCountry: country } = typed;
  return { kind, firstName, lastName, bornOn, ...(unnumbered ? { bornIn: { town, country } } : { taxNumber }) };
};

/** Whether nothing that is asked is empty. */
const isWhole = (taxpayer: AskedOf<typeof setTaxpayer>["taxpayer"]): boolean =>
  Object.values({ ...taxpayer, ...("bornIn" in taxpayer ? taxpayer.bornIn : {}) }).every((value) => value !== "");

function Saying({ member, said }: { readonly member: string; readonly said: Said | undefined }) {
  const t = useT();
  const { country = "BE" } = useWanted(readCoop, {});
  const { act, busy, refusal } = useAct(setTaxpayer);
  const [typed, change] = useState<Typed>(() => typedOf(said, country));
  const taxpayer = taxpayerOf(typed);
  const props = { typed, change, refusal };
  return (
    <Form
      act={async () => void (await act({ member, taxpayer }))}
      says={t("incomes.who.set")}
      busy={busy}
      ready={isWhole(taxpayer)}
      refusal={refusal}
    >
      <Choice
        label={t("incomes.who.kind")}
        name="taxpayer-kind"
        value={typed.kind}
        change={(kind) => change({ ...typed, kind })}
        options={taxpayerKinds.map((kind) => ({ value: kind, says: t(`incomes.who.kind.${kind}`) }))}
      />
      {typed.kind === "individual" ? <OfPerson {...props} /> : <OfCompany {...props} />}
    </Form>
  );
}

type PartProps = {
  readonly typed: Typed;
  readonly change: (typed: Typed) => void;
  readonly refusal: ProblemBody | undefined;
};

function One({ name, says, complete, hint, typed, change, refusal }: PartProps & OneProps) {
  return (
    <Field
      label={says}
      name={`taxpayer-${name}`}
      value={typed[name]}
      change={(value) => change({ ...typed, [name]: value })}
      fault={faultAt(refusal, `/taxpayer/${name}`)}
      {...(complete ? { complete } : {})}
      {...(hint ? { hint } : {})}
    />
  );
}

type OneProps = {
  readonly name: "firstName" | "lastName" | "taxNumber" | "registerNumber" | "bornTown";
  readonly says: string;
  readonly complete?: string;
  readonly hint?: string;
};

function OfPerson(props: PartProps) {
  const t = useT();
  const { typed, change, refusal } = props;
  return (
    <>
      <One {...props} name="firstName" says={t("incomes.who.firstName")} complete="given-name" />
      <One {...props} name="lastName" says={t("incomes.who.lastName")} complete="family-name" />
      <DateField
        label={t("incomes.who.bornOn")}
        name="taxpayer-bornOn"
        value={typed.bornOn}
        change={(bornOn) => change({ ...typed, bornOn })}
        fault={faultAt(refusal, "/taxpayer/bornOn")}
      />
      {typed.unnumbered ? (
        <>
          <One {...props} name="bornTown" says={t("incomes.who.bornTown")} />
          <Country
            label={t("incomes.who.bornCountry")}
            value={typed.bornCountry}
            change={(bornCountry) => change({ ...typed, bornCountry })}
          />
        </>
      ) : (
        <One {...props} name="taxNumber" says={t("incomes.who.number")} hint={t("incomes.who.number.hint")} />
      )}
      <Tick
        label={t("incomes.who.noNumber")}
        name="taxpayer-unnumbered"
        value={typed.unnumbered}
        change={(unnumbered) => change({ ...typed, unnumbered })}
      />
    </>
  );
}

function OfCompany(props: PartProps) {
  const t = useT();
  return (
    <>
      <One {...props} name="taxNumber" says={t("incomes.who.number")} />
      <One {...props} name="registerNumber" says={t("incomes.who.register")} />
    </>
  );
}
