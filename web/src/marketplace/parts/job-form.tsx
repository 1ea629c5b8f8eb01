// The words of a job while somebody writes them: posting it, changing it, starting from an earlier one.
import { useState, type ReactNode } from "react";
import type { beginDraft, postJob, readDraft, readJob } from "@partcommune/shared/marketplace/api";
import { jobLanguages, type JobLanguage } from "@partcommune/shared/marketplace/rules/job";
import { mostJobSkills } from "@partcommune/shared/marketplace/rules/skill";
import { readCoop } from "@partcommune/shared/platform/api";
import type { AskedOf, ToldOf } from "@partcommune/shared/platform/endpoint";
import type { ProblemBody } from "@partcommune/shared/platform/refusal";
import { useWanted } from "../../platform/call.tsx";
import { useSpeech, useT } from "../../platform/i18n.tsx";
import { priceFrom } from "../../ui/decimal.ts";
import { DateField, Field, LongField, Pick } from "../../ui/field.tsx";
import { faultAt } from "../../ui/refusal.tsx";
import type { Choice } from "./how-to-choose.tsx";
import { isPlanned, Plan, planFrom, stepsFrom, type Step } from "./plan.tsx";
import { askedFrom, noPrice, PriceFields, type PriceWords } from "./price-fields.tsx";
import { ServiceField, serviceFrom, type ServiceTyped } from "./how-taxed.tsx";
import { Skills, type Skill } from "./skills.tsx";

type Terms = Omit<AskedOf<typeof postJob>, "client" | "bidsUntil">;

/** Everything typed about the work, as it stands in the fields. */
export type JobWords = PriceWords & {
  readonly title: string;
  readonly text: string;
  readonly trade: string;
  readonly town: string;
  readonly startOn: string;
  readonly endOn: string;
  readonly bidsUntil: string;
  readonly language: JobLanguage;
  readonly skills: readonly Skill[];
  readonly steps: readonly Step[];
  readonly service: ServiceTyped;
};

type Typed = "title" | "text" | "trade" | "town" | "startOn" | "endOn";

export const noWords = (language: JobLanguage): JobWords => ({
  title: "",
  text: "",
  trade: "",
  town: "",
  startOn: "",
  endOn: "",
  ...noPrice,
  bidsUntil: "",
  language,
  skills: [],
  steps: [],
  service: "",
});

/** The fields filled with what a job says. */
export const wordsOf = (job: ToldOf<typeof readJob>): JobWords => ({
  title: job.title,
  text: job.text,
  trade: job.trade,
  town: job.place?.town ?? "",
  startOn: job.startOn,
  endOn: job.endOn,
  priceKind: job.priceKind,
  currency: job.currency,
  price: job.price?.amount ?? "",
  least: job.least?.amount ?? "",
  most: job.most?.amount ?? "",
  bidsUntil: "",
  language: job.language,
  skills: job.skills,
  steps: stepsFrom(job.milestones),
  service: job.service ?? "",
});

/** The fields as a draft kept them. */
export function wordsKept({ words }: ToldOf<typeof readDraft>): JobWords {
  const { visibility: _, bidding: __, blind: ___, steps, currency = "", service = "", ...typed } = words;
  return { ...typed, currency, service, steps: steps.map((step, key) => ({ ...step, key })) };
}

/** The fields as a draft keeps them. */
export const wordsToKeep = ({ skills, steps, ...typed }: JobWords): Omit<AskedOf<typeof beginDraft>["words"], keyof Choice> => ({
  ...typed,
  skills: skills.map(({ id }) => id),
  steps: steps.map(({ title, amount, dueOn, parallel }) => ({ title, amount, dueOn, parallel })),
});

export type JobForm = {
  readonly words: JobWords;
  readonly write: (words: JobWords) => void;
  /** Whether every field that a job needs says something. */
  readonly ready: boolean;
  /** What was typed, as a door takes it. */
  readonly terms: Terms;
};

/** The fields of a job with what they become; `country` where the work is done elsewhere than in the coop's. */
export function useJobForm(first: JobWords, elsewhere?: string): JobForm {
  const { currency: home = "EUR", country = "BE" } = useWanted(readCoop, {});
  const [words, write] = useState(first);
  const currency = words.currency || home;
  const { title, text, trade, town, startOn, endOn, priceKind, language, skills, steps, service } = words;
  const price = fixedIn(words, currency);
  return {
    words,
    write,
    ready:
      (price !== undefined || priceKind !== "fixed") &&
      isPlanned(steps, price) &&
      [title, text, trade, startOn, endOn].every((value) => value.trim() !== ""),
    terms: {
      title,
      text,
      language,
      trade,
      ...(skills.length > 0 ? { skills: skills.map(({ id }) => id) } : {}),
      ...(town.trim() ? { place: { town, country: elsewhere ?? country } } : {}),
      startOn,
      endOn,
      ...askedFrom(words, currency),
      ...(priceKind === "fixed" ? planFrom(steps, currency) : {}),
      ...serviceFrom(service),
    },
  };
}

/** The price that is typed and fixed; undefined while there is none. */
const fixedIn = ({ priceKind, price }: PriceWords, currency: string) => (priceKind === "fixed" ? priceFrom(price, currency) : undefined);

type FieldsProps = { readonly form: JobForm; readonly refusal: ProblemBody | undefined };

/** `children`: what else is asked before the price. */
export function JobFields({ form: { words, write }, refusal, children }: FieldsProps & { readonly children?: ReactNode }) {
  const t = useT();
  const { currency: home = "EUR" } = useWanted(readCoop, {});
  const currency = words.currency || home;
  const price = fixedIn(words, currency);
  const of = (name: Typed) => ({
    name,
    value: words[name],
    change: (value: string) => write({ ...words, [name]: value }),
    fault: faultAt(refusal, `/${name}`),
  });
  return (
    <>
      <Field label={t("marketplace.post.what")} {...of("title")} />
      <LongField label={t("marketplace.post.text")} {...of("text")} />
      <Written words={words} write={write} />
      <Field label={t("marketplace.job.trade")} {...of("trade")} />
      <Skills
        label={t("marketplace.search.skills")}
        hint={t("marketplace.skills.hint")}
        chosen={words.skills}
        change={(skills) => write({ ...words, skills })}
        most={mostJobSkills}
        fault={faultAt(refusal, "/skills")}
      />
      <Field label={t("marketplace.post.town")} hint={t("marketplace.post.town.hint")} {...of("town")} />
      <div className="beside">
        <DateField label={t("marketplace.post.startOn")} {...of("startOn")} />
        <DateField label={t("marketplace.post.endOn")} {...of("endOn")} />
      </div>
      {children}
      <ServiceField service={words.service} change={(service) => write({ ...words, service })} fault={faultAt(refusal, "/service")} />
      <PriceFields words={words} write={write} currency={currency} refusal={refusal} />
      {price ? (
        <Plan steps={words.steps} change={(steps) => write({ ...words, steps })} price={price} currency={currency} refusal={refusal} />
      ) : undefined}
    </>
  );
}

/** In which language the job is written. */
function Written({ words, write }: Omit<JobForm, "ready" | "terms">) {
  const t = useT();
  const { language } = useSpeech();
  return (
    <Pick
      label={t("marketplace.search.language")}
      name="language"
      value={words.language}
      change={(written) => write({ ...words, language: written })}
      options={jobLanguages.map((value) => ({ value, says: new Intl.DisplayNames(language, { type: "language" }).of(value) ?? value }))}
    />
  );
}
