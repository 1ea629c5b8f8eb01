// The board's form that calls an assembly: when and where, and its agenda.
import { conveneAssembly } from "@partcommune/shared/community/api";
import { listBylaws } from "@partcommune/shared/governance/api";
import { readCoop } from "@partcommune/shared/platform/api";
import { useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import { useAct, useWanted } from "../../platform/call.tsx";
import { useSpeech, useT } from "../../platform/i18n.tsx";
import { Form } from "../../ui/form.tsx";
import { AgendaFields, agendaOf, isAgenda, itemsIn, useWaiting, type TypedItem } from "../parts/agenda-fields.tsx";
import { GatheringFields, isWhole, typedBlank, wordsIn } from "../parts/gathering-fields.tsx";

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
