// Becoming known or signing in: an address, then the code that was sent to it.
import { useState } from "react";
import { askToSignIn, askToSignUp, openSession } from "@partcommune/shared/membership/api";
import { useAct } from "../../platform/call.tsx";
import { useSpeech, useT } from "../../platform/i18n.tsx";
import { Field } from "../../ui/field.tsx";
import { Form } from "../../ui/form.tsx";
import { faultAt } from "../../ui/refusal.tsx";

/** `named` asks for a name as well: for whoever is not known yet. An address that is known on the page stands there already. */
export function Enter({ named, email: known = "" }: { readonly named: boolean; readonly email?: string }) {
  const [email, setEmail] = useState(known);
  const [sent, setSent] = useState(false);
  return sent ? (
    <Code email={email} back={() => setSent(false)} />
  ) : (
    <Address named={named} email={email} change={setEmail} sent={() => setSent(true)} />
  );
}

type AddressProps = {
  readonly named: boolean;
  readonly email: string;
  readonly change: (email: string) => void;
  readonly sent: () => void;
};

function Address({ named, email, change, sent }: AddressProps) {
  const t = useT();
  const { language } = useSpeech();
  const [name, setName] = useState("");
  const signUp = useAct(askToSignUp);
  const signIn = useAct(askToSignIn);
  const { busy, refusal } = named ? signUp : signIn;
  const send = async (): Promise<void> => {
    const told = named ? await signUp.act({ name, email, language }) : await signIn.act({ email, language });
    if (told) sent();
  };
  return (
    <Form
      act={send}
      says={t("membership.enter.send")}
      busy={busy}
      ready={email.includes("@") && (!named || name.trim() !== "")}
      refusal={refusal}
    >
      {named ? (
        <Field
          label={t("membership.enter.name")}
          name="name"
          complete="name"
          value={name}
          change={setName}
          fault={faultAt(refusal, "/name")}
        />
      ) : undefined}
      <Field
        label={t("membership.enter.email")}
        name="email"
        type="email"
        complete="email"
        value={email}
        change={change}
        hint={t("membership.enter.email.hint")}
        fault={faultAt(refusal, "/email")}
      />
    </Form>
  );
}

function Code({ email, back }: { readonly email: string; readonly back: () => void }) {
  const t = useT();
  const [code, setCode] = useState("");
  const { act, busy, refusal } = useAct(openSession);
  return (
    <Form
      act={async () => void (await act({ email, code }))}
      says={t("membership.enter.open")}
      busy={busy}
      ready={code.trim() !== ""}
      refusal={refusal}
      back={back}
    >
      <p role="status">{t("membership.enter.sent", { email })}</p>
      <Field
        label={t("membership.enter.code")}
        name="code"
        complete="one-time-code"
        value={code}
        change={setCode}
        hint={t("membership.enter.code.hint")}
      />
    </Form>
  );
}
