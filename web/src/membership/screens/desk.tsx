// The board's desk: who waits for admission, and whom it refused.
import { useState } from "react";
import { admitMember, listApplicants, refuseApplicant } from "@partcommune/shared/membership/api";
import type { ToldOf } from "@partcommune/shared/platform/endpoint";
import { useAct, useWanted } from "../../platform/call.tsx";
import { useT } from "../../platform/i18n.tsx";
import { useAwake } from "../../ui/awake.ts";
import { LongField, Pick } from "../../ui/field.tsx";
import { Form } from "../../ui/form.tsx";
import { Link } from "../../ui/link.tsx";
import { Refusal } from "../../ui/refusal.tsx";
import { Unfold } from "../../ui/unfold.tsx";
import { useOpenBranches } from "../parts/move.tsx";

type Applicant = ToldOf<typeof listApplicants>["items"][number];

export function Desk() {
  const t = useT();
  const { items: all } = useWanted(listApplicants, {}, "desk:members");
  const items = all.filter(({ refusedBecause }) => refusedBecause === undefined);
  const refused = all.filter(({ refusedBecause }) => refusedBecause !== undefined);
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
      {refused.length > 0 ? (
        <Unfold says={t("membership.desk.refused", { count: refused.length })}>
          <ul className="rows">
            {refused.map((applicant) => (
              <Waiting key={applicant.id} applicant={applicant} />
            ))}
          </ul>
        </Unfold>
      ) : undefined}
    </section>
  );
}

function Waiting({ applicant: { id, name, trade, status, refusedBecause } }: { readonly applicant: Applicant }) {
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
        {refusedBecause === undefined ? <Refuse member={id} name={name} /> : <p className="letter">{refusedBecause}</p>}
      </div>
      <button type="button" disabled={!awake || busy} onClick={() => void act(open.length > 1 ? { member: id, branch } : { member: id })}>
        {t("membership.desk.admit", { name })}
      </button>
    </li>
  );
}

/** A no, with its reason: the applicant reads it and may ask the members. */
function Refuse({ member, name }: { readonly member: string; readonly name: string }) {
  const t = useT();
  const [because, setBecause] = useState("");
  const { act, busy, refusal } = useAct(refuseApplicant);
  return (
    <Unfold faint says={t("membership.desk.refuse", { name })}>
      <Form
        act={async () => void (await act({ member, because }))}
        says={t("membership.desk.refuse.send")}
        busy={busy}
        ready={because.trim() !== ""}
        refusal={refusal}
      >
        <LongField
          label={t("membership.desk.refuse.because")}
          hint={t("membership.desk.refuse.hint")}
          name="because"
          value={because}
          change={setBecause}
          rows={4}
        />
      </Form>
    </Unfold>
  );
}
