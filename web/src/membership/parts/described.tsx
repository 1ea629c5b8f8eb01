// What stands on an organisation's invoices: its owner says it, and it counts from the next one on.
import { describeClient, listMyClients } from "@partcommune/shared/membership/api";
import type { ToldOf } from "@partcommune/shared/platform/endpoint";
import { useState } from "react";
import { useAct, useWanted } from "../../platform/call.tsx";
import { useT } from "../../platform/i18n.tsx";
import { Field } from "../../ui/field.tsx";
import { Form } from "../../ui/form.tsx";
import { faultAt } from "../../ui/refusal.tsx";
import { Unfold } from "../../ui/unfold.tsx";
import { ClientFields, clientFrom, isWhole } from "./client-fields.tsx";

type Card = ToldOf<typeof listMyClients>["items"][number];

/** How an organisation is written to, for whoever buys for it; with a form for its owner. */
export function Described({ client }: { readonly client: string }) {
  const t = useT();
  const card = useWanted(listMyClients, {}).items.find(({ id }) => id === client);
  if (!card) return undefined;
  const { name, street, postcode, town, vatNumber, buyerReference, role } = card;
  return (
    <>
      <p className="hint">
        {t("membership.described.says", { address: [name, street, `${postcode} ${town}`, ...(vatNumber ? [vatNumber] : [])].join(", ") })}
        {buyerReference ? ` ${t("membership.described.reference.is", { reference: buyerReference })}` : ""}
      </p>
      {role === "owner" ? <Describing key={JSON.stringify(card)} card={card} /> : undefined}
    </>
  );
}

function Describing({ card }: { readonly card: Card }) {
  const t = useT();
  const { id, name, country, street, postcode, town, vatNumber = "" } = card;
  const [typed, setTyped] = useState({ name, country, street, postcode, town, vatNumber });
  const [reference, setReference] = useState(card.buyerReference ?? "");
  const { act, busy, refusal } = useAct(describeClient);
  const send = async (): Promise<void> => {
    const { country: _country, ...description } = clientFrom(typed);
    await act({ client: id, ...description, ...(reference.trim() ? { buyerReference: reference } : {}) });
  };
  return (
    <Unfold says={t("membership.described.open", { name })} faint>
      <Form act={send} says={t("membership.described.save")} busy={busy} ready={isWhole(typed)} refusal={refusal}>
        <ClientFields client={typed} change={setTyped} fault={(field) => faultAt(refusal, `/${field}`)} own known />
        <Field
          label={t("membership.described.reference")}
          name="buyerReference"
          value={reference}
          change={setReference}
          hint={t("membership.described.reference.hint")}
          fault={faultAt(refusal, "/buyerReference")}
        />
      </Form>
    </Unfold>
  );
}
