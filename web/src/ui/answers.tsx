// Questions with a yes or a no to each, in words and not by colour alone; a no says who can change it.
import { useT } from "../platform/i18n.tsx";

export type Answer = { readonly key: string; readonly says: string; readonly holds: boolean; readonly changedBy?: string };

export function Answers({ answers }: { readonly answers: readonly Answer[] }) {
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
