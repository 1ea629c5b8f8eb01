// The board's desk: who waits for admission.
import { useState } from "react";
import { admitMember, listApplicants } from "@partcommune/shared/membership/api";
import type { ToldOf } from "@partcommune/shared/platform/endpoint";
import { useAct, useWanted } from "../../platform/call.tsx";
import { useT } from "../../platform/i18n.tsx";
import { useAwake } from "../../ui/awake.ts";
import { Pick } from "../../ui/field.tsx";
import { Link } from "../../ui/link.tsx";
import { Refusal } from "../../ui/refusal.tsx";
import { useOpenBranches } from "../parts/move.tsx";

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
  const awake = useAwake();
  const open = useOpenBranches();
  const [branch, setBranch] = useState(open[0]?.value ?? "");
  return (
    <li>
      <div>
        <h2>{name}</h2>
        <p>
          {trade} · {t(`membership.status.${status}`)}
        </p>
        {open.length > 1 ? (
          <fieldset disabled={!awake}>
            <Pick label={t("membership.branches.admitTo", { name })} name="branch" value={branch} change={setBranch} options={open} />
          </fieldset>
        ) : undefined}
        <Refusal problem={refusal} />
      </div>
      <button type="button" disabled={!awake || busy} onClick={() => void act(open.length > 1 ? { member: id, branch } : { member: id })}>
        {t("membership.desk.admit", { name })}
      </button>
    </li>
  );
}
