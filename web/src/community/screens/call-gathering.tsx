// The form that calls a gathering, and the same form to change one.
import { callGathering, changeGathering, readGathering } from "@partcommune/shared/community/api";
import { readCoop } from "@partcommune/shared/platform/api";
import { getRouteApi, useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import { useAct, useWanted } from "../../platform/call.tsx";
import { useSpeech, useT } from "../../platform/i18n.tsx";
import { Form } from "../../ui/form.tsx";
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
