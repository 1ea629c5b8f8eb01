// Questions with a yes or a no to each, in words and not by colour alone; a no says who can change it.
import { useT } from "../platform/i18n.tsx";

export type Answer = { readonly key: string; readonly says: string; readonly holds: boolean; readonly changedBy?: string };

type AnswersProps = { readonly answers: readonly Answer[]; readonly folded?: boolean };

/** Each no stands first. `folded` puts what holds behind its count, for lists that were settled before. */
export function Answers({ answers, folded = false }: AnswersProps) {
  const t = useT();
  const held = answers.filter(({ holds }) => holds);
  const missing = answers.filter(({ holds }) => !holds);
  if (!folded || held.length === 0) return <Lines answers={[...missing, ...held]} />;
  return (
    <>
      {missing.length > 0 ? <Lines answers={missing} /> : undefined}
      <details className="folded">
        <summary>{t("platform.answers.hold", { count: held.length })}</summary>
        <Lines answers={held} />
      </details>
    </>
  );
}

function Lines({ answers }: Pick<AnswersProps, "answers">) {
  const t = useT();
  return (
    <ul className="answers">
      {answers.map(({ key, says, holds, changedBy }) => (
        <li key={key} className={holds ? "" : "not"}>
          <strong>{holds ? t("platform.yes") : t("platform.no")}</strong>
          <span>
            {says}
            {!holds && changedBy ? <small>{changedBy}</small> : undefined}
          </span>
        </li>
      ))}
    </ul>
  );
}
