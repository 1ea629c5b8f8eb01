// Whether one is there, in the room or by link, and who else is.
import { attendAssembly, leaveAssembly } from "@partcommune/shared/community/api/meeting";
import { ways, type Way } from "@partcommune/shared/community/rules/assembly";
import { useState } from "react";
import { useAct } from "../../platform/call.tsx";
import { useT } from "../../platform/i18n.tsx";
import { Pick } from "../../ui/field.tsx";
import { Form } from "../../ui/form.tsx";
import { Unfold } from "../../ui/unfold.tsx";
import type { AssemblyTold } from "./agenda.tsx";

type Part = { readonly id: string; readonly assembly: AssemblyTold };

export function Attending({ id, assembly: { mine, present = [] } }: Part) {
  const t = useT();
  if (!mine) return undefined;
  return (
    <>
      {mine.way ? <p role="status">{t(`community.attend.${mine.way}`)}</p> : undefined}
      {mine.mayAttend && mine.way ? <Leave id={id} /> : undefined}
      {present.length > 0 ? (
        <Unfold says={t("community.present.list", { count: present.length })}>
          <ul className="plain">
            {present.map(({ person, name, way }) => (
              <li key={person}>
                {name} <small className="hint">{t(`community.way.${way}`)}</small>
              </li>
            ))}
          </ul>
        </Unfold>
      ) : undefined}
    </>
  );
}

/** Notes oneself as present. */
export function Attend({ id }: { readonly id: string }) {
  const t = useT();
  const [way, setWay] = useState<Way>("room");
  const { act, busy, refusal } = useAct(attendAssembly);
  return (
    <Form act={async () => void (await act({ gathering: id, way }))} says={t("community.attend.send")} busy={busy} ready refusal={refusal}>
      <Pick
        label={t("community.attend.pick")}
        name="way"
        value={way}
        change={setWay}
        options={ways.map((value) => ({ value, says: t(`community.way.${value}`) }))}
      />
    </Form>
  );
}

function Leave({ id }: { readonly id: string }) {
  const t = useT();
  const { act, busy, refusal } = useAct(leaveAssembly);
  return (
    <Unfold faint says={t("community.leave")}>
      <Form act={async () => void (await act({ gathering: id }))} says={t("community.leave.send")} busy={busy} ready refusal={refusal} />
    </Unfold>
  );
}
