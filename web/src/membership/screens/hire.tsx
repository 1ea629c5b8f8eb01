// Giving work: become known, then say for which organisation.
import { useState } from "react";
import { foundClient, readMe } from "@partcommune/shared/membership/api";
import { readCoop } from "@partcommune/shared/platform/api";
import { useAct, useWanted } from "../../platform/call.tsx";
import { useT } from "../../platform/i18n.tsx";
import { Form } from "../../ui/form.tsx";
import { Link } from "../../ui/link.tsx";
import { faultAt } from "../../ui/refusal.tsx";
import { blankClient, ClientFields, clientFrom, isWhole } from "../parts/client-fields.tsx";
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
  const [client, setClient] = useState(blankClient(coop.country ?? "BE"));
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
  return (
    <Form
      act={async () => void (await act(clientFrom(client)))}
      says={t("membership.hire.found")}
      busy={busy}
      ready={isWhole(client)}
      refusal={refusal}
    >
      {known ? (
        <p>
          <Link to="/client/jobs/new">{t("membership.hire.post")}</Link>
        </p>
      ) : undefined}
      <p className="lead">{t("membership.hire.organisation")}</p>
      <ClientFields client={client} change={setClient} fault={(name) => faultAt(refusal, `/${name}`)} own />
    </Form>
  );
}
