// The forms that call a gathering or an assembly, and the same form to change a gathering.
import { callGathering, changeGathering, readGathering } from "@partcommune/shared/community/api";
import { conveneAssembly } from "@partcommune/shared/community/api/meeting";
import { listBylaws } from "@partcommune/shared/governance/api";
import { readCoop } from "@partcommune/shared/platform/api";
import { getRouteApi, useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import { useAct, useWanted } from "../../platform/call.tsx";
import { useSpeech, useT } from "../../platform/i18n.tsx";
import { Form } from "../../ui/form.tsx";
import { AgendaFields, agendaOf, isAgenda, itemsIn, useWaiting, type TypedItem } from "../parts/agenda-fields.tsx";
import { GatheringFields, isWhole, typedBlank, typedIn, wordsIn } from "../parts/gathering-fields.tsx";

const route = getRouteApi("/$language/gatherings/$gathering/edit");

export function CallGathering() {
  const t = useT();
  const { language } = useSpeech();
  const navigate = useNavigate();
  const { zone = "UTC" } = useWanted(readCoop, {});
  const [typed, type] = useState(typedBlank(zone));
  const { act, busy, refusal } = useAct(callGathering);
  const call = async (): Promise<void> => {
    const told = await act({ ...wordsIn(typed), language });
    if (told) await navigate({ to: `/${language}/gatherings/${told.id}` });
  };
  return (
    <section className="sheet">
      <h1>{t("community.call.title")}</h1>
      <p className="lead">{t("community.call.lead")}</p>
      <Form act={call} says={t("community.call.act")} busy={busy} ready={isWhole(typed)} refusal={refusal}>
        <GatheringFields typed={typed} type={type} refusal={refusal} />
      </Form>
    </section>
  );
}

export function ChangeGathering() {
  const t = useT();
  const { language } = useSpeech();
  const navigate = useNavigate();
  const { gathering: id } = route.useParams();
  const gathering = useWanted(readGathering, { gathering: id }, `gathering:${id}`);
  const [typed, type] = useState(typedIn(gathering));
  const [version] = useState(gathering.version);
  const { act, busy, refusal } = useAct(changeGathering);
  const change = async (): Promise<void> => {
    if (await act({ gathering: id, ...wordsIn(typed), language: gathering.language, version }))
      await navigate({ to: `/${language}/gatherings/${id}` });
  };
  return (
    <section className="sheet">
      <h1>{t("community.change.title")}</h1>
      <p className="lead">{t("community.change.lead")}</p>
      <Form act={change} says={t("community.change.act")} busy={busy} ready={isWhole(typed)} refusal={refusal}>
        <GatheringFields typed={typed} type={type} refusal={refusal} />
      </Form>
    </section>
  );
}

/** The board's form: when and where, and the agenda. */
export function CallAssembly() {
  const t = useT();
  const { language } = useSpeech();
  const navigate = useNavigate();
  const { zone = "UTC" } = useWanted(readCoop, {});
  const { items: bylaws } = useWanted(listBylaws, {});
  const days = Number(bylaws.find(({ key }) => key === "vote.noticeDays")?.value ?? 0);
  const [typed, type] = useState(typedBlank(zone));
  const [items, put] = useState<readonly TypedItem[]>(agendaOf(useWaiting()));
  const { act, busy, refusal } = useAct(conveneAssembly);
  const call = async (): Promise<void> => {
    const told = await act({ ...wordsIn(typed), language, items: itemsIn(items) });
    if (told) await navigate({ to: `/${language}/gatherings/${told.id}` });
  };
  return (
    <section className="sheet">
      <h1>{t("community.convene.title")}</h1>
      <p className="lead">{t("community.convene.lead", { days })}</p>
      <Form act={call} says={t("community.convene.act")} busy={busy} ready={isWhole(typed) && isAgenda(items)} refusal={refusal}>
        <GatheringFields typed={typed} type={type} refusal={refusal} />
        <AgendaFields items={items} change={put} refusal={refusal} />
      </Form>
    </section>
  );
}
