// For whom work is declared: a client one has worked for, or a new one with the person who signs for it.
import { languages, type Language } from "@partcommune/shared/platform/page";
import type { ProblemBody } from "@partcommune/shared/platform/refusal";
import { blankClient, clientFrom, ClientFields, isWhole, type ClientTyped } from "../../membership/parts/client-fields.tsx";
import { useT } from "../../platform/i18n.tsx";
import { Field, Pick } from "../../ui/field.tsx";
import { faultAt } from "../../ui/refusal.tsx";

/** The choice that is no client yet. */
const anew = "new";

export type WhomTyped = { readonly id: string; readonly client: ClientTyped; readonly contact: ContactTyped };
type Known = readonly { readonly id: string; readonly name: string }[];

/** Somebody known first; else a new client, whose letter speaks the reader's language until they say another. */
export const whomOf = ([first]: Known, country: string, language: Language): WhomTyped => ({
  id: first?.id ?? anew,
  client: blankClient(country),
  contact: blankContact(language),
});

/** Whether everything that must be typed is. */
export const isNamed = ({ id, client, contact }: WhomTyped): boolean =>
  id !== anew || (isWhole(client) && contact.name.trim() !== "" && contact.email.includes("@"));

/** As a door takes it. */
export const whomFrom = ({ id, client, contact }: WhomTyped) => (id === anew ? { ...clientFrom(client), contact } : { id });

type WhomProps = {
  readonly whom: WhomTyped;
  readonly change: (whom: WhomTyped) => void;
  readonly known: Known;
  readonly refusal: ProblemBody | undefined;
};

export function Whom({ whom, change, known, refusal }: WhomProps) {
  const t = useT();
  return (
    <>
      {known.length > 0 ? (
        <Pick
          label={t("offers.declare.whom")}
          name="whom"
          value={whom.id}
          change={(id) => change({ ...whom, id })}
          options={[...known.map(({ id, name }) => ({ value: id, says: name })), { value: anew, says: t("offers.declare.anew") }]}
        />
      ) : undefined}
      {whom.id === anew ? (
        <>
          <ClientFields
            client={whom.client}
            change={(client) => change({ ...whom, client })}
            fault={(name) => faultAt(refusal, `/client/${name}`)}
            own={false}
          />
          <ContactFields
            contact={whom.contact}
            change={(contact) => change({ ...whom, contact })}
            fault={(name) => faultAt(refusal, `/client/contact/${name}`)}
          />
        </>
      ) : undefined}
    </>
  );
}

type ContactTyped = { readonly name: string; readonly email: string; readonly language: Language };

const blankContact = (language: Language): ContactTyped => ({ name: "", email: "", language });

type ContactProps = {
  readonly contact: ContactTyped;
  readonly change: (contact: ContactTyped) => void;
  readonly fault: (name: keyof ContactTyped) => string | undefined;
};

/** The person at a client who signs: name, address, and the language of their letter. */
function ContactFields({ contact, change, fault }: ContactProps) {
  const t = useT();
  return (
    <>
      <Field
        label={t("marketplace.contact.name")}
        name="contact-name"
        value={contact.name}
        change={(name) => change({ ...contact, name })}
        fault={fault("name")}
      />
      <Field
        label={t("marketplace.contact.email")}
        name="contact-email"
        type="email"
        value={contact.email}
        change={(email) => change({ ...contact, email })}
        hint={t("marketplace.contact.email.hint")}
        fault={fault("email")}
      />
      <Pick
        label={t("marketplace.contact.language")}
        name="contact-language"
        value={contact.language}
        change={(language) => change({ ...contact, language })}
        options={languages.map((value) => ({ value, says: new Intl.DisplayNames(value, { type: "language" }).of(value) ?? value }))}
      />
    </>
  );
}
