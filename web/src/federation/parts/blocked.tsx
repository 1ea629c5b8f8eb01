// Who is blocked, and why, for everybody; and for officers the way to take over the list of another coop.
import { readBlocked, takeBlocked } from "@partcommune/shared/federation/api/blocking";
import { useState } from "react";
import { useAct } from "../../platform/call.tsx";
import { useT } from "../../platform/i18n.tsx";
import { LongField } from "../../ui/field.tsx";
import { Form } from "../../ui/form.tsx";
import { Link } from "../../ui/link.tsx";
import { faultAt } from "../../ui/refusal.tsx";
import { Unfold } from "../../ui/unfold.tsx";
import { At } from "../../ui/when.tsx";

type Coop = { readonly host: string; readonly name: string; readonly reason?: string | undefined; readonly since: string };

export function Blocked({ coops, officer }: { readonly coops: readonly Coop[]; readonly officer: boolean }) {
  const t = useT();
  if (coops.length === 0 && !officer) return undefined;
  return (
    <section>
      <h2>{t("federation.blocked")}</h2>
      <p>{t(coops.length === 0 ? "federation.blocked.none" : "federation.blocked.says")}</p>
      <ul className="rows">
        {coops.map(({ host, name, reason, since }) => (
          <li key={host}>
            <span>
              <Link to={`/sisters/${host}`}>{name}</Link> <small className="hint">{reason}</small>
            </span>
            <At at={since} />
          </li>
        ))}
      </ul>
      {coops.length === 0 ? undefined : (
        <p>
          <a href={readBlocked.path} download>
            {t("federation.blocked.save")}
          </a>
        </p>
      )}
      {officer ? <TakeOver /> : undefined}
    </section>
  );
}

function TakeOver() {
  const t = useT();
  const [list, setList] = useState("");
  const [taken, setTaken] = useState<{ readonly blocked: number; readonly known: number }>();
  const { act, busy, refusal } = useAct(takeBlocked);
  const send = async (): Promise<void> => {
    const answer = await act({ list });
    if (!answer) return;
    setTaken(answer);
    setList("");
  };
  return (
    <Unfold says={t("federation.blocked.take")}>
      <Form act={send} says={t("federation.blocked.take")} busy={busy} ready={list.trim() !== ""} refusal={refusal}>
        <LongField
          label={t("federation.blocked.list")}
          hint={t("federation.blocked.list.hint")}
          name="blocked-list"
          rows={6}
          value={list}
          change={setList}
          fault={faultAt(refusal, "/list")}
        />
        {taken ? <p role="status">{t("federation.blocked.taken", taken)}</p> : undefined}
      </Form>
    </Unfold>
  );
}
