// In which branch a member is, and the form that moves them from a day on.
import { useState } from "react";
import type { listPeople } from "@partcommune/shared/membership/api";
import { listBranches, moveMember } from "@partcommune/shared/membership/api/branches";
import type { ToldOf } from "@partcommune/shared/platform/endpoint";
import { useAct, useWanted } from "../../platform/call.tsx";
import { useT } from "../../platform/i18n.tsx";
import { DateField, Pick } from "../../ui/field.tsx";
import { Form } from "../../ui/form.tsx";
import { faultAt } from "../../ui/refusal.tsx";
import { Unfold } from "../../ui/unfold.tsx";
import { useDay } from "../../ui/when.tsx";

type Person = ToldOf<typeof listPeople>["items"][number];

/** The open branches, for a list to choose from. */
export function useOpenBranches(): readonly { readonly value: string; readonly says: string }[] {
  const { items } = useWanted(listBranches, {}, "desk:branches");
  return items.filter(({ closedOn }) => !closedOn).map(({ id, name }) => ({ value: id, says: name }));
}

export function InBranch({ person: { name, member, branch, move } }: { readonly person: Person }) {
  const t = useT();
  const day = useDay();
  const open = useOpenBranches();
  if (!member || !branch) return undefined;
  return (
    <div>
      <p>{t("membership.branches.in", { branch: branch.name })}</p>
      {move ? <p>{t("membership.branches.from", { branch: move.name, day: day(move.from) })}</p> : undefined}
      {open.length > 1 ? (
        <Unfold says={t("membership.branches.move.of", { name })}>
          <Move member={member} open={open} />
        </Unfold>
      ) : undefined}
    </div>
  );
}

function Move({ member, open }: { readonly member: string; readonly open: ReturnType<typeof useOpenBranches> }) {
  const t = useT();
  const [branch, setBranch] = useState("");
  const [from, setFrom] = useState("");
  const { act, busy, refusal } = useAct(moveMember);
  return (
    <Form
      act={async () => void (await act({ member, branch, from }))}
      says={t("membership.branches.move")}
      busy={busy}
      ready={branch !== "" && from !== ""}
      refusal={refusal}
    >
      <Pick
        label={t("membership.branches.to")}
        name="branch"
        value={branch}
        change={setBranch}
        options={[{ value: "", says: t("membership.branches.choose") }, ...open]}
      />
      <DateField
        label={t("membership.branches.day")}
        name="from"
        value={from}
        change={setFrom}
        hint={t("membership.branches.day.hint")}
        fault={faultAt(refusal, "/from")}
      />
    </Form>
  );
}
