// The guarantee's promise of an engagement, line by line: what was asked at signing, what held, and who can change the rest.
import type { PromiseCard } from "@partcommune/shared/mutual/api";
import type { ToldOf } from "@partcommune/shared/platform/endpoint";
import { useT } from "../../platform/i18n.tsx";
import { Answers } from "../../ui/answers.tsx";

type Card = ToldOf<{ readonly answer: typeof PromiseCard }>;

export function Guarantee({ promise: { guaranteed, workingDays, answers } }: { readonly promise: Card }) {
  const t = useT();
  return (
    <section aria-labelledby="guarantee">
      <h2 id="guarantee">{t("mutual.promise.title")}</h2>
      <p>{guaranteed ? t("mutual.promise.given", { days: workingDays }) : t("mutual.promise.not")}</p>
      <Answers
        answers={answers.map(({ question, holds }) => ({
          key: question,
          holds,
          says: holds ? t(`mutual.question.${question}`) : t(`mutual.question.not.${question}`),
          changedBy: t(`mutual.remedy.${question}`),
        }))}
      />
    </section>
  );
}
