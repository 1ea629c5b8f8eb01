// The roll-call, page by page, once somebody wants it.
import { listCalls } from "@partcommune/shared/governance/api";
import type { Notice } from "@partcommune/shared/governance/rules/notice";
import { useState } from "react";
import { useAsked } from "../../platform/call.tsx";
import { useT } from "../../platform/i18n.tsx";
import { useSayChoice } from "./choosing.tsx";

type Part = { readonly notice: Notice };

export function Calls({ notice, count }: Part & { readonly count: number }) {
  const t = useT();
  const [isOpen, setOpen] = useState(false);
  return (
    <details className="unfold" onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>{t("votes.calls", { count })}</summary>
      {isOpen ? <Pages notice={notice} /> : undefined}
    </details>
  );
}

/** One page after another; those before stay where they are. */
function Pages({ notice }: Part) {
  const t = useT();
  const [cursors, setCursors] = useState<readonly (string | undefined)[]>([undefined]);
  const next = useAsked(listCalls, pageOf(notice.vote, cursors.at(-1)), true)?.next;
  return (
    <>
      {cursors.map((after) => (
        <Page key={after ?? ""} notice={notice} after={after} />
      ))}
      {next === undefined || cursors.includes(next) ? undefined : (
        <p className="acts">
          <button type="button" className="quiet" onClick={() => setCursors([...cursors, next])}>
            {t("votes.calls.more")}
          </button>
        </p>
      )}
    </>
  );
}

const pageOf = (vote: string, after: string | undefined) => ({ vote, limit: 100, ...(after === undefined ? {} : { after }) });

function Page({ notice, after }: Part & { readonly after: string | undefined }) {
  const t = useT();
  const say = useSayChoice(notice);
  const told = useAsked(listCalls, pageOf(notice.vote, after), true);
  if (!told) return undefined;
  return (
    <>
      {told.named ? undefined : <p className="hint">{t("votes.calls.unnamed")}</p>}
      <table className="cards">
        <thead>
          <tr>
            {told.named ? <th scope="col">{t("votes.calls.by")}</th> : undefined}
            <th scope="col">{t("votes.calls.choice")}</th>
            <th scope="col">{t("votes.calls.receipt")}</th>
          </tr>
        </thead>
        <tbody>
          {told.items.map(({ entry, by, choice, receipt }) => (
            <tr key={entry}>
              {told.named ? <th scope="row">{by}</th> : undefined}
              <td data-label={t("votes.calls.choice")}>{say(choice)}</td>
              <td data-label={t("votes.calls.receipt")} className="code">
                {receipt}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </>
  );
}
