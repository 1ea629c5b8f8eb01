// Giving work: become known, then say for which organisation.
import { useState } from "react";
import { foundClient, readMe } from "@partcommune/shared/membership/api";
import { readCoop } from "@partcommune/shared/platform/api";
import { useAct, useWanted } from "../../platform/call.tsx";
import { useT } from "../../platform/i18n.tsx";
import { Field } from "../../ui/field.tsx";
import { Form } from "../../ui/form.tsx";
import { Link } from "../../ui/link.tsx";
import { faultAt } from "../../ui/refusal.tsx";
import { Country } from "../parts/country.tsx";
import { Enter } from "../parts/enter.tsx";

export function Hire() {
  const t = useT();
  const { person } = useWanted(readMe, {});
  return (
    <section className="sheet">
      <h1>{t("membership.hire.title")}</h1>
      {person ? (
        <Organisation known={person.buysFor.length > 0} />
      ) : (
        <>
          <p className="lead">{t("membership.hire.lead")}</p>
          <Enter named />
          <p>
            {t("membership.enter.known")} <Link to="/sign-in">{t("membership.signIn.title")}</Link>
          </p>
        </>
      )}
    </section>
  );
}

function Organisation({ known }: { readonly known: boolean }) {
  const t = useT();
  const coop = useWanted(readCoop, {});
  const [client, setClient] = useState({ name: "", country: coop.country ?? "BE", vatNumber: "", street: "", postcode: "", town: "" });
  const { act, busy, told, refusal } = useAct(foundClient);
  if (told)
    return (
      <div className="done">
        <p role="status" className="lead">
          {t("membership.hire.done", { name: told.name })}
        </p>
        <Link to="/client/jobs/new" className="button">
          {t("membership.hire.post")}
        </Link>
      </div>
    );
  const { vatNumber, ...rest } = client;
  const typed = vatNumber.replaceAll(/[\s.]/g, "").toUpperCase();
  const field = (name: "name" | "street" | "postcode" | "town", complete: string) => (
    <Field
      label={t(`membership.client.${name}`)}
      name={name}
      complete={complete}
      value={client[name]}
      change={(value) => setClient({ ...client, [name]: value })}
      fault={faultAt(refusal, `/${name}`)}
    />
  );
  const ready = [client.name, client.street, client.postcode, client.town].every((value) => value.trim() !== "");
  return (
    <Form
      act={async () => void (await act({ ...rest, ...(typed ? { vatNumber: typed } : {}) }))}
      says={t("membership.hire.found")}
      busy={busy}
      ready={ready}
      refusal={refusal}
    >
      {known ? (
        <p>
          <Link to="/client/jobs/new">{t("membership.hire.post")}</Link>
        </p>
      ) : undefined}
      <p className="lead">{t("membership.hire.organisation")}</p>
      {field("name", "organization")}
      <Country label={t("membership.client.country")} value={client.country} change={(country) => setClient({ ...client, country })} />
      {field("street", "street-address")}
      {field("postcode", "postal-code")}
      {field("town", "address-level2")}
      <Field
        label={t("membership.client.vatNumber")}
        name="vatNumber"
        value={vatNumber}
        change={(value) => setClient({ ...client, vatNumber: value })}
        hint={t("membership.client.vatNumber.hint")}
        fault={faultAt(refusal, "/vatNumber")}
      />
    </Form>
  );
}
