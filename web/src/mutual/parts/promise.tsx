// The guarantee's promise of an engagement, line by line: what was asked at signing, what held, and who can change the rest.
import type { PromiseCard } from "@partcommune/shared/mutual/api";
import type { ToldOf } from "@partcommune/shared/platform/endpoint";
import { useT } from "../../platform/i18n.tsx";
import { Answers } from "../../ui/answers.tsx";

type Card = ToldOf<{ readonly answer: typeof PromiseCard }>;

type GuaranteeProps = { readonly promise: Card; readonly asked: "now" | "atSigning" };

export function Guarantee(given: GuaranteeProps) {
  const t = useT();
  return (
    <section aria-labelledby="guarantee">
      <h2 id="guarantee">{t("mutual.promise.title")}</h2>
      <Given {...given} />
    </section>
  );
}

/** The same without its heading, inside something else that is asked. */
export function Given({ promise: { guaranteed, workingDays, answers }, asked }: GuaranteeProps) {
  const t = useT();
  const given = guaranteed ? t("mutual.promise.given", { days: workingDays }) : t("mutual.promise.not");
  return (
    <>
      <p>
        {given} {asked === "now" ? t("mutual.promise.now") : t("mutual.promise.stays")}
      </p>
      <Answers
        folded={asked === "atSigning"}
        answers={answers.map(({ question, holds }) => ({
          key: question,
          holds,
          says: holds ? t(`mutual.question.${question}`) : t(`mutual.question.not.${question}`),
          changedBy: t(`mutual.remedy.${question}`),
        }))}
      />
    </>
  );
}
