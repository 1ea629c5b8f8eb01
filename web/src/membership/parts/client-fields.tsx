// What the coop must know of an organisation to invoice it.
import { useT } from "../../platform/i18n.tsx";
import { Field } from "../../ui/field.tsx";
import { Country } from "./country.tsx";

export type ClientTyped = {
  readonly name: string;
  readonly country: string;
  readonly vatNumber: string;
  readonly street: string;
  readonly postcode: string;
  readonly town: string;
};

export const blankClient = (country: string): ClientTyped => ({ name: "", country, vatNumber: "", street: "", postcode: "", town: "" });

/** Whether everything that must be typed is. */
export const isWhole = ({ name, street, postcode, town }: ClientTyped): boolean =>
  [name, street, postcode, town].every((value) => value.trim() !== "");

/** As a door takes it: a VAT number without what people put between its parts, or none. */
export function clientFrom({ vatNumber, ...rest }: ClientTyped): Omit<ClientTyped, "vatNumber"> & { readonly vatNumber?: string } {
  const typed = vatNumber.replaceAll(/[\s.]/g, "").toUpperCase();
  return { ...rest, ...(typed ? { vatNumber: typed } : {}) };
}

type FieldsProps = {
  readonly client: ClientTyped;
  readonly change: (client: ClientTyped) => void;
  readonly fault: (name: keyof ClientTyped) => string | undefined;
  /** Whether the browser may fill in the reader's own organisation. */
  readonly own: boolean;
  /** Of an organisation that is known: in another country it would be another one. */
  readonly known?: boolean;
};

export function ClientFields({ client, change, fault, own, known = false }: FieldsProps) {
  const t = useT();
  const field = (name: "name" | "street" | "postcode" | "town", complete: string) => (
    <Field
      label={t(`membership.client.${name}`)}
      name={name}
      complete={own ? complete : "off"}
      value={client[name]}
      change={(value) => change({ ...client, [name]: value })}
      fault={fault(name)}
    />
  );
  return (
    <>
      {field("name", "organization")}
      {known ? undefined : (
        <Country label={t("membership.client.country")} value={client.country} change={(country) => change({ ...client, country })} />
      )}
      {field("street", "street-address")}
      {field("postcode", "postal-code")}
      {field("town", "address-level2")}
      <Field
        label={t("membership.client.vatNumber")}
        name="vatNumber"
        value={client.vatNumber}
        change={(vatNumber) => change({ ...client, vatNumber })}
        hint={t("membership.client.vatNumber.hint")}
        fault={fault("vatNumber")}
      />
    </>
  );
}
