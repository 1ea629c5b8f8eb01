// Changes of members' accounts: a treasurer asks the member in person, then confirms or says no. Until then nothing is paid to them.
import { confirmIbanChange, discardIbanChange, listIbanChanges } from "@partcommune/shared/money/api";
import type { ToldOf } from "@partcommune/shared/platform/endpoint";
import { useAct, useAsked } from "../../platform/call.tsx";
import { useT } from "../../platform/i18n.tsx";
import { Form } from "../../ui/form.tsx";
import { At } from "../../ui/when.tsx";

type Change = ToldOf<typeof listIbanChanges>["items"][number];

export function IbanChanges({ acts }: { readonly acts: boolean }) {
  const t = useT();
  const { items = [] } = useAsked(listIbanChanges, {}, true, "desk:money") ?? {};
  if (items.length === 0) return undefined;
  return (
    <section aria-labelledby="changes">
      <h2 id="changes">{t("money.changes.title")}</h2>
      <p className="hint">{t("money.changes.says")}</p>
      <ul className="rows">
        {items.map((change) => (
          <OneChange key={change.id} change={change} acts={acts} />
        ))}
      </ul>
    </section>
  );
}

function OneChange({
  change: { id, member, before, after, setAt, from, mine },
  acts,
}: {
  readonly change: Change;
  readonly acts: boolean;
}) {
  const t = useT();
  const confirm = useAct(confirmIbanChange);
  const discard = useAct(discardIbanChange);
  return (
    <li>
      <div>
        <h3>{member}</h3>
        <p>{before ? t("money.changes.both", { before, after }) : after}</p>
        <p className="steps">
          {t("money.changes.asked")} <At at={setAt} /> · {t("money.changes.from")} <At at={from} />
        </p>
      </div>
      {acts && mine ? <p>{t("money.changes.another")}</p> : undefined}
      {acts && !mine ? (
        <div className="unfold">
          <Form
            act={async () => void (await confirm.act({ change: id }))}
            says={t("money.changes.confirm", { member })}
            busy={confirm.busy}
            ready
            refusal={confirm.refusal}
          />
          <details className="unfold faint">
            <summary>{t("money.changes.discard.open")}</summary>
            <Form
              act={async () => void (await discard.act({ change: id }))}
              says={t("money.changes.discard")}
              busy={discard.busy}
              ready
              refusal={discard.refusal}
            />
          </details>
        </div>
      ) : undefined}
    </li>
  );
}
