// What the chair does with the assembly: open it, note who came, draw the tellers, hand over, close it.
import {
  attendAssembly,
  closeAssembly,
  drawTellers,
  handOverChair,
  listAttendable,
  openAssembly,
} from "@partcommune/shared/community/api/meeting";
import type { Endpoint } from "@partcommune/shared/platform/endpoint";
import { useState } from "react";
import { useAct, useAsked } from "../../platform/call.tsx";
import { useT } from "../../platform/i18n.tsx";
import { Field, Pick } from "../../ui/field.tsx";
import { Form } from "../../ui/form.tsx";
import { Unfold } from "../../ui/unfold.tsx";
import type { AssemblyTold } from "./agenda.tsx";

type Part = { readonly id: string; readonly assembly: AssemblyTold };

export function Chairing({ id, assembly }: Part) {
  const t = useT();
  const { mine, tellers, present = [] } = assembly;
  const may = (verb: string): boolean => mine?.verbs.includes(verb) ?? false;
  if (!mine?.isChair) return <Missing id={id} assembly={assembly} />;
  return (
    <section>
      <h2>{t("community.chairing")}</h2>
      {may("open") ? <Step id={id} endpoint={openAssembly} says={t("community.chairing.open")} /> : undefined}
      {may("draw") && tellers.length === 0 ? (
        <Step id={id} endpoint={drawTellers} says={t("community.chairing.draw")} hint={t("community.chairing.draw.says")} />
      ) : undefined}
      {may("attend") ? (
        <Unfold says={t("community.chairing.note")}>
          <Note id={id} />
        </Unfold>
      ) : undefined}
      {present.length > 0 ? (
        <Unfold says={t("community.chairing.handOver")}>
          <HandOver id={id} assembly={assembly} />
        </Unfold>
      ) : undefined}
      {may("close") ? (
        <Unfold says={t("community.chairing.close")}>
          <Step id={id} endpoint={closeAssembly} says={t("community.chairing.close")} hint={t("community.chairing.close.says")} />
        </Unfold>
      ) : undefined}
    </section>
  );
}

/** The board gives an assembly another chair where its own does not come. */
function Missing({ id, assembly }: Part) {
  const t = useT();
  if (!assembly.present?.length) return undefined;
  return (
    <Unfold faint says={t("community.chairing.missing")}>
      <HandOver id={id} assembly={assembly} />
    </Unfold>
  );
}

type StepProps = {
  readonly id: string;
  readonly endpoint: Endpoint<typeof openAssembly.input>;
  readonly says: string;
  readonly hint?: string;
};

/** A step with nothing to type. */
function Step({ id, endpoint, says, hint }: StepProps) {
  const { act, busy, refusal } = useAct(endpoint);
  return (
    <Form act={async () => void (await act({ gathering: id }))} says={says} busy={busy} ready refusal={refusal}>
      {hint ? <p>{hint}</p> : undefined}
    </Form>
  );
}

/** Notes that somebody without a device is in the room. */
function Note({ id }: { readonly id: string }) {
  const t = useT();
  const [named, setNamed] = useState("");
  const found = useAsked(listAttendable, { gathering: id, named }, named.trim().length >= 2)?.items ?? [];
  const [person, setPerson] = useState("");
  const { act, busy, refusal } = useAct(attendAssembly);
  const chosen = found.some((each) => each.person === person) ? person : (found[0]?.person ?? "");
  return (
    <Form
      act={async () => {
        if (await act({ gathering: id, way: "room", person: chosen })) setNamed("");
      }}
      says={t("community.chairing.note.send")}
      busy={busy}
      ready={chosen !== ""}
      refusal={refusal}
    >
      <Field label={t("community.chairing.named")} name="named" value={named} change={setNamed} />
      {found.length > 0 ? (
        <Pick
          label={t("community.chairing.who")}
          name="person"
          value={chosen}
          change={setPerson}
          options={found.map((each) => ({ value: each.person, says: each.name }))}
        />
      ) : undefined}
    </Form>
  );
}

function HandOver({ id, assembly: { present = [] } }: Part) {
  const t = useT();
  const [person, setPerson] = useState(present[0]?.person ?? "");
  const { act, busy, refusal } = useAct(handOverChair);
  return (
    <Form
      act={async () => void (await act({ gathering: id, person }))}
      says={t("community.chairing.handOver")}
      busy={busy}
      ready={person !== ""}
      refusal={refusal}
    >
      <Pick
        label={t("community.chairing.who")}
        name="chair"
        value={person}
        change={setPerson}
        options={present.map((each) => ({ value: each.person, says: each.name }))}
      />
    </Form>
  );
}
