// References as others read them: words, whether they would work together again, and the one answer.
import { withholdReference, type listMemberReferences } from "@partcommune/shared/marketplace/api";
import type { ToldOf } from "@partcommune/shared/platform/endpoint";
import { useAct } from "../../platform/call.tsx";
import { useT } from "../../platform/i18n.tsx";
import { At } from "../../ui/when.tsx";
import { Reasoned } from "./work.tsx";

type Told = ToldOf<typeof listMemberReferences>["items"][number];

export function ReferenceList({ references, withhold = false }: { readonly references: readonly Told[]; readonly withhold?: boolean }) {
  return (
    <ul className="plain">
      {references.map((reference) => (
        <li key={reference.id} className="milestone">
          <One reference={reference} />
          {withhold ? <Withhold reference={reference.id} /> : undefined}
        </li>
      ))}
    </ul>
  );
}

function One({ reference: { from, title, text, again, publishedAt, answer } }: { readonly reference: Told }) {
  const t = useT();
  return (
    <>
      <p>
        <strong>{from}</strong> · {title ? `${title} · ` : undefined}
        <At at={publishedAt} />
      </p>
      <blockquote className="letter">{text}</blockquote>
      <p>{again ? t("marketplace.references.again") : t("marketplace.references.notAgain")}</p>
      {answer ? (
        <>
          <p>{t("marketplace.references.answered")}</p>
          <blockquote className="letter">{answer}</blockquote>
        </>
      ) : undefined}
    </>
  );
}

function Withhold({ reference }: { readonly reference: string }) {
  const t = useT();
  const { act, busy, refusal } = useAct(withholdReference);
  return (
    <Reasoned
      open={t("marketplace.references.withhold.open")}
      says={t("marketplace.references.withhold")}
      label={t("marketplace.references.reason")}
      hint={t("marketplace.references.reason.hint")}
      send={async (reason) => void (await act({ reference, reason }))}
      busy={busy}
      refusal={refusal}
    />
  );
}
