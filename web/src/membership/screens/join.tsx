// Joining: become known, then say how and in which trade one wants to work.
import { useState } from "react";
import { applyAsMember, readMe } from "@partcommune/shared/membership/api";
import { statuses, type Status } from "@partcommune/shared/membership/rules";
import { useAct, useWanted } from "../../platform/call.tsx";
import { useT } from "../../platform/i18n.tsx";
import { Field, Pick } from "../../ui/field.tsx";
import { Form } from "../../ui/form.tsx";
import { Link } from "../../ui/link.tsx";
import { faultAt } from "../../ui/refusal.tsx";
import { Enter } from "../parts/enter.tsx";

export function Join() {
  const t = useT();
  const { person } = useWanted(readMe, {});
  return (
    <section className="sheet">
      <h1>{t("membership.join.title")}</h1>
      {person ? (
        <Application stage={person.stage} />
      ) : (
        <>
          <p className="lead">{t("membership.join.lead")}</p>
          <Enter named />
          <p>
            {t("membership.enter.known")} <Link to="/sign-in">{t("membership.signIn.title")}</Link>
          </p>
        </>
      )}
    </section>
  );
}

function Application({ stage }: { readonly stage: string | undefined }) {
  const t = useT();
  const [status, setStatus] = useState<Status>("invoiced");
  const [trade, setTrade] = useState("");
  const { act, busy, refusal } = useAct(applyAsMember);
  if (stage)
    return (
      <>
        <p role="status" className="lead">
          {t(`membership.stage.${stage}`)}
        </p>
        {stage === "applicant" || stage === "refused" ? (
          <p>
            <Link to="/my/application">{t("membership.join.application")}</Link>
          </p>
        ) : undefined}
        <Link to="/jobs" className="button quiet">
          {t("membership.join.jobs")}
        </Link>
      </>
    );
  const options = statuses.map((each) => ({ value: each, says: t(`membership.status.${each}`) }));
  return (
    <Form
      act={async () => void (await act({ status, trade }))}
      says={t("membership.join.apply")}
      busy={busy}
      ready={trade.trim() !== ""}
      refusal={refusal}
    >
      <p className="lead">{t("membership.join.how")}</p>
      <Field
        label={t("membership.join.trade")}
        name="trade"
        value={trade}
        change={setTrade}
        hint={t("membership.join.trade.hint")}
        fault={faultAt(refusal, "/trade")}
      />
      <Pick
        label={t("membership.join.status")}
        name="status"
        value={status}
        change={setStatus}
        options={options}
        hint={t("membership.join.status.hint")}
      />
    </Form>
  );
}
