// Passwords, where the coop wants them: signing in with one, and setting one's own.
import { useState } from "react";
import { openSessionByPassword, removePassword, setPassword } from "@partcommune/shared/membership/api/passwords";
import { passwordLetters } from "@partcommune/shared/membership/rules";
import { useAct } from "../../platform/call.tsx";
import { useT } from "../../platform/i18n.tsx";
import { useAwake } from "../../ui/awake.ts";
import { Field } from "../../ui/field.tsx";
import { Form } from "../../ui/form.tsx";
import { Refusal } from "../../ui/refusal.tsx";

export function EnterByPassword() {
  const t = useT();
  const [email, setEmail] = useState("");
  const [password, change] = useState("");
  const { act, busy, refusal } = useAct(openSessionByPassword);
  return (
    <Form
      act={async () => void (await act({ email, password }))}
      says={t("membership.password.enter")}
      busy={busy}
      ready={email.includes("@") && password !== ""}
      refusal={refusal}
    >
      <Field label={t("membership.password.email")} name="passwordEmail" type="email" complete="username" value={email} change={setEmail} />
      <Field
        label={t("membership.password.word")}
        name="password"
        type="password"
        complete="current-password"
        value={password}
        change={change}
      />
    </Form>
  );
}

/** `held` when there is one to change or remove. */
export function OwnPassword({ held }: { readonly held: boolean }) {
  const t = useT();
  const awake = useAwake();
  const [password, change] = useState("");
  const setting = useAct(setPassword);
  const removing = useAct(removePassword);
  const set = async (): Promise<void> => {
    if (await setting.act({ password })) change("");
  };
  return (
    <>
      <h2>{t("membership.password.title")}</h2>
      <p>{t("membership.password.says")}</p>
      {held ? <p role="status">{t("membership.password.held")}</p> : undefined}
      <Form
        act={set}
        says={t(held ? "membership.password.change" : "membership.password.set")}
        busy={setting.busy}
        ready={password.length >= passwordLetters.fewest}
        refusal={setting.refusal}
      >
        <Field
          label={t("membership.password.new")}
          name="newPassword"
          type="password"
          complete="new-password"
          value={password}
          change={change}
          hint={t("membership.password.hint", { fewest: passwordLetters.fewest })}
        />
      </Form>
      {held ? (
        <div className="form">
          <Refusal problem={removing.refusal} />
          <button type="button" className="quiet" disabled={!awake || removing.busy} onClick={() => void removing.act({})}>
            {t("membership.password.remove")}
          </button>
        </div>
      ) : undefined}
    </>
  );
}
