// Posting a job: what, where, when, for how much, and until when one may bid.
import { useState } from "react";
import { postJob } from "@partcommune/shared/marketplace/api";
import { visibilities, type Visibility } from "@partcommune/shared/marketplace/rules/invitation";
import { jobLanguages, type JobLanguage } from "@partcommune/shared/marketplace/rules/job";
import { mostJobSkills } from "@partcommune/shared/marketplace/rules/skill";
import { readMe } from "@partcommune/shared/membership/api";
import { readCoop } from "@partcommune/shared/platform/api";
import { useAct, useWanted } from "../../platform/call.tsx";
import { useSpeech, useT } from "../../platform/i18n.tsx";
import { amountFrom, priceFrom } from "../../ui/decimal.ts";
import { DateField, Field, LongField, Pick, Tick } from "../../ui/field.tsx";
import { Form } from "../../ui/form.tsx";
import { Link } from "../../ui/link.tsx";
import { faultAt } from "../../ui/refusal.tsx";
import { isPlanned, Plan, planFrom, type Step } from "../parts/plan.tsx";
import { Skills, type Skill } from "../parts/skills.tsx";

const blank = { title: "", text: "", trade: "", town: "", startOn: "", endOn: "", price: "", bidsUntil: "" };

export function Post() {
  const t = useT();
  const { person } = useWanted(readMe, {});
  const clients = person?.buysFor.filter(({ role }) => role === "owner" || role === "poster") ?? [];
  if (clients.length > 0) return <PostForm clients={clients} />;
  return (
    <section className="sheet">
      <h1>{t("marketplace.post.title")}</h1>
      <p>{t("marketplace.post.first")}</p>
      <Link to="/hire" className="button">
        {t("marketplace.home.hire")}
      </Link>
    </section>
  );
}

function PostForm({ clients }: { readonly clients: readonly { readonly client: string; readonly name: string }[] }) {
  const t = useT();
  const { language } = useSpeech();
  const { currency = "EUR", country = "BE" } = useWanted(readCoop, {});
  const [client, setClient] = useState(clients[0]?.client ?? "");
  const [job, setJob] = useState(blank);
  const [steps, setSteps] = useState<readonly Step[]>([]);
  const [skills, setSkills] = useState<readonly Skill[]>([]);
  const [written, setWritten] = useState<JobLanguage>(language);
  const [visibility, setVisibility] = useState<Visibility>("public");
  const [sealed, setSealed] = useState(false);
  const [blind, setBlind] = useState(false);
  const { act, busy, told, refusal } = useAct(postJob);
  if (told) return <Posted id={told.id} visibility={visibility} />;
  const { town, price: typed, ...rest } = job;
  const price = priceFrom(typed, currency);
  const change = (name: keyof typeof blank) => (value: string) => setJob({ ...job, [name]: value });
  const of = (name: keyof typeof blank) => ({ name, value: job[name], change: change(name), fault: faultAt(refusal, `/${name}`) });
  const ready =
    isPlanned(steps, price) &&
    [rest.title, rest.text, rest.trade, rest.startOn, rest.endOn, rest.bidsUntil].every((value) => value.trim() !== "");
  const send = async (): Promise<void> => {
    const where = town.trim() ? { place: { town, country } } : {};
    const howMuch = typed.trim() ? { price: amountFrom(typed, currency) } : {};
    const named = skills.length > 0 ? { skills: skills.map(({ id }) => id) } : {};
    await act({
      client,
      language: written,
      ...rest,
      ...named,
      ...where,
      ...howMuch,
      ...planFrom(steps, currency),
      visibility,
      blind,
      bidding: sealed ? "sealed" : "open",
    });
  };
  return (
    <section className="sheet">
      <h1>{t("marketplace.post.title")}</h1>
      <Form act={send} says={t("marketplace.post.post")} busy={busy} ready={ready} refusal={refusal}>
        {clients.length > 1 ? (
          <Pick
            label={t("marketplace.post.client")}
            name="client"
            value={client}
            change={setClient}
            options={clients.map((each) => ({ value: each.client, says: each.name }))}
          />
        ) : undefined}
        <Field label={t("marketplace.post.what")} {...of("title")} />
        <LongField label={t("marketplace.post.text")} {...of("text")} />
        <Pick
          label={t("marketplace.search.language")}
          name="language"
          value={written}
          change={setWritten}
          options={jobLanguages.map((value) => ({ value, says: new Intl.DisplayNames(language, { type: "language" }).of(value) ?? value }))}
        />
        <Field label={t("marketplace.job.trade")} {...of("trade")} />
        <Skills
          label={t("marketplace.search.skills")}
          hint={t("marketplace.skills.hint")}
          chosen={skills}
          change={setSkills}
          most={mostJobSkills}
          fault={faultAt(refusal, "/skills")}
        />
        <Field label={t("marketplace.post.town")} hint={t("marketplace.post.town.hint")} {...of("town")} />
        <div className="beside">
          <DateField label={t("marketplace.post.startOn")} {...of("startOn")} />
          <DateField label={t("marketplace.post.endOn")} {...of("endOn")} />
        </div>
        <Field label={t("marketplace.post.price", { currency })} mode="decimal" hint={t("marketplace.post.price.hint")} {...of("price")} />
        {price ? <Plan steps={steps} change={setSteps} price={price} currency={currency} refusal={refusal} /> : undefined}
        <DateField label={t("marketplace.post.bidsUntil")} hint={t("marketplace.post.bidsUntil.hint")} {...of("bidsUntil")} />
        <Pick
          label={t("marketplace.post.visibility")}
          name="visibility"
          value={visibility}
          change={setVisibility}
          hint={t(`marketplace.post.seen.${visibility}`)}
          options={visibilities.map((value) => ({ value, says: t(`marketplace.visibility.${value}`) }))}
        />
        <Tick label={t("marketplace.post.sealed")} name="sealed" value={sealed} change={setSealed} />
        <Tick label={t("marketplace.post.blind")} name="blind" value={blind} change={setBlind} />
      </Form>
    </section>
  );
}

function Posted({ id, visibility }: { readonly id: string; readonly visibility: Visibility }) {
  const t = useT();
  return (
    <section className="sheet">
      <h1>{t("marketplace.post.done")}</h1>
      <p>{t(`marketplace.post.done.${visibility}`)}</p>
      {visibility === "invited" ? (
        <Link to={`/client/jobs/${id}`} className="button">
          {t("marketplace.invitations.open")}
        </Link>
      ) : undefined}
      <Link to={`/jobs/${id}`} className="button">
        {t("marketplace.post.see")}
      </Link>
    </section>
  );
}
