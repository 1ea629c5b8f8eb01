// The board's desk: who waits for admission.
import { admitMember, listApplicants } from "@partcommune/shared/membership/api";
import type { ToldOf } from "@partcommune/shared/platform/endpoint";
import { useAct, useWanted } from "../../platform/call.tsx";
import { useT } from "../../platform/i18n.tsx";
import { Link } from "../../ui/link.tsx";
import { Refusal } from "../../ui/refusal.tsx";

type Applicant = ToldOf<typeof listApplicants>["items"][number];

export function Desk() {
  const t = useT();
  const { items } = useWanted(listApplicants, {}, "desk:members");
  return (
    <section>
      <h1>{t("membership.desk.title")}</h1>
      {items.length === 0 ? (
        <>
          <p role="status">{t("membership.desk.empty")}</p>
          <p>
            {t("membership.desk.way")} <Link to="/join">{t("membership.join.title")}</Link>
          </p>
        </>
      ) : undefined}
      <ul className="rows">
        {items.map((applicant) => (
          <Waiting key={applicant.id} applicant={applicant} />
        ))}
      </ul>
    </section>
  );
}

function Waiting({ applicant: { id, name, trade, status } }: { readonly applicant: Applicant }) {
  const t = useT();
  const { act, busy, refusal } = useAct(admitMember);
  return (
    <li>
      <div>
        <h2>{name}</h2>
        <p>
          {trade} · {t(`membership.status.${status}`)}
        </p>
        <Refusal problem={refusal} />
      </div>
      <button type="button" disabled={busy} onClick={() => void act({ member: id })}>
        {t("membership.desk.admit", { name })}
      </button>
    </li>
  );
}
