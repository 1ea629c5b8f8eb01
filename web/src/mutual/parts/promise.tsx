// The guarantee's promise of an engagement, line by line: what was asked at signing, what held, and who can change the rest.
import type { PromiseCard } from "@partcommune/shared/mutual/api";
import type { ToldOf } from "@partcommune/shared/platform/endpoint";
import { useT } from "../../platform/i18n.tsx";
import { Answers } from "../../ui/answers.tsx";
import { Link } from "../../ui/link.tsx";
import { useMoney } from "../../ui/money.tsx";

type Card = ToldOf<{ readonly answer: typeof PromiseCard }>;

type Answer = Card["answers"][number];

type GuaranteeProps = { readonly promise: Card; readonly asked: "now" | "atSigning" };

/** `mine`: the reader is the member, who has a page of all such promises. */
export function Guarantee({ mine = false, ...given }: GuaranteeProps & { readonly mine?: boolean }) {
  const t = useT();
  return (
    <section aria-labelledby="guarantee">
      <h2 id="guarantee">{t("mutual.promise.title")}</h2>
      <Given {...given} />
      {mine ? (
        <p>
          <Link to="/my/protection">{t("mutual.promise.all")}</Link>
        </p>
      ) : undefined}
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
      <Reasons answers={answers} folded={asked === "atSigning"} />
    </>
  );
}

/** The seven answers, each no with its figures and with who can change it. */
export function Reasons({ answers, folded }: { readonly answers: readonly Answer[]; readonly folded: boolean }) {
  const t = useT();
  const say = useMoney();
  const figures = (question: string, lack: Answer["lack"]): string => {
    if (!lack) return "";
    const [has, needs, short] = [say(lack.has), say(lack.needs), say(lack.short)];
    return ` ${t(question === "G6" ? "mutual.lack.pot" : "mutual.lack.bank", { has, needs, short })}`;
  };
  return (
    <Answers
      folded={folded}
      answers={answers.map(({ question, holds, lack }) => ({
        key: question,
        holds,
        says: holds ? t(`mutual.question.${question}`) : `${t(`mutual.question.not.${question}`)}${figures(question, lack)}`,
        changedBy: t(`mutual.remedy.${question}`),
      }))}
    />
  );
}
