// Declaring work for a client of one's own: who, what, when, for how much, and in which milestones.
import { useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import { declareWork, listOwnClients } from "@partcommune/shared/marketplace/api";
import { readCoop } from "@partcommune/shared/platform/api";
import type { ProblemBody } from "@partcommune/shared/platform/refusal";
import { useAct, useWanted } from "../../platform/call.tsx";
import { useSpeech, useT } from "../../platform/i18n.tsx";
import { amountFrom, priceFrom } from "../../ui/decimal.ts";
import { DateField, Field, LongField } from "../../ui/field.tsx";
import { Form } from "../../ui/form.tsx";
import { faultAt } from "../../ui/refusal.tsx";
import { invoicesOf, isPlanned, Plan, planFrom, type Step } from "../parts/plan.tsx";
import { ServiceField, serviceFrom, type ServiceTyped } from "../parts/how-taxed.tsx";
import { Way } from "../parts/way.tsx";
import { isNamed, Whom, whomFrom, whomOf } from "../parts/whom.tsx";

const blank = { title: "", text: "", town: "", startOn: "", endOn: "", price: "" };
const alike: ServiceTyped = "";
type WorkTyped = typeof blank;

export function Declare() {
  const t = useT();
  const { language } = useSpeech();
  const navigate = useNavigate();
  const { currency = "EUR", country = "BE" } = useWanted(readCoop, {});
  const { items: known } = useWanted(listOwnClients, {});
  const [whom, setWhom] = useState(whomOf(known, country, language));
  const [work, setWork] = useState(blank);
  const [service, setService] = useState(alike);
  const [steps, setSteps] = useState<readonly Step[]>([]);
  const { act, busy, refusal } = useAct(declareWork);
  const { town, price: typed, ...rest } = work;
  const price = priceFrom(typed, currency);
  const ready =
    isNamed(whom) && price !== undefined && isPlanned(steps, price) && Object.values(rest).every((value) => value.trim() !== "");
  const send = async (): Promise<void> => {
    const where = town.trim() ? { place: { town, country } } : {};
    const told = await act({
      client: whomFrom(whom),
      ...rest,
      ...where,
      price: amountFrom(typed, currency),
      ...planFrom(steps, currency),
      ...serviceFrom(service),
    });
    if (told) await navigate({ to: `/${language}/my/engagements/${told.engagement}` });
  };
  return (
    <section className="sheet">
      <h1>{t("offers.declare.title")}</h1>
      <p className="lead">{t("offers.declare.lead")}</p>
      <Form act={send} says={t("offers.declare.act")} busy={busy} ready={ready} refusal={refusal}>
        <h2>{t("offers.declare.client")}</h2>
        <Whom whom={whom} change={setWhom} known={known} refusal={refusal} />
        <h2>{t("offers.declare.work")}</h2>
        <WorkFields work={work} change={setWork} currency={currency} refusal={refusal} />
        <ServiceField service={service} change={setService} fault={faultAt(refusal, "/service")} />
        <Plan steps={steps} change={setSteps} price={price} currency={currency} refusal={refusal} />
        {price ? <Way prices={invoicesOf(steps, price)} /> : undefined}
        <p>{t("offers.declare.then")}</p>
      </Form>
    </section>
  );
}

type WorkProps = {
  readonly work: WorkTyped;
  readonly change: (work: WorkTyped) => void;
  readonly currency: string;
  readonly refusal: ProblemBody | undefined;
};

function WorkFields({ work, change, currency, refusal }: WorkProps) {
  const t = useT();
  const of = (name: keyof WorkTyped) => ({
    name,
    value: work[name],
    change: (value: string) => change({ ...work, [name]: value }),
    fault: faultAt(refusal, `/${name}`),
  });
  return (
    <>
      <Field label={t("marketplace.post.what")} {...of("title")} />
      <LongField label={t("marketplace.post.text")} {...of("text")} />
      <Field label={t("offers.declare.town")} hint={t("marketplace.post.town.hint")} {...of("town")} />
      <DateField label={t("marketplace.post.startOn")} {...of("startOn")} />
      <DateField label={t("marketplace.post.endOn")} {...of("endOn")} />
      <Field label={t("marketplace.post.price", { currency })} mode="decimal" {...of("price")} />
    </>
  );
}
