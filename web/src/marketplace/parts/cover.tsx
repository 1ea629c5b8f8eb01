// What was checked before the work may begin, line by line, for both sides and the adviser alike.
import { useT } from "../../platform/i18n.tsx";
import { Answers } from "../../ui/answers.tsx";
import { AskPerson } from "../../ui/ask-person.tsx";
import type { EngagementTold } from "./told.ts";

export function Cover({
  engagement,
}: {
  readonly engagement: Pick<EngagementTold, "id" | "title" | "state" | "checks" | "coveredBy" | "coverNote">;
}) {
  const t = useT();
  const { id, title, state, checks, coveredBy, coverNote } = engagement;
  if (checks.length === 0) return undefined;
  return (
    <section aria-labelledby="cover">
      <h2 id="cover">{t("marketplace.cover.title")}</h2>
      <p>{t(`marketplace.cover.${coveredBy ?? "waits"}`)}</p>
      {coverNote ? <blockquote className="letter">{coverNote}</blockquote> : undefined}
      <Checks checks={checks} folded={coveredBy !== undefined} />
      {state === "signed" ? <AskPerson about={{ refusal: "engagement-held-up", instance: id, facts: { title } }} /> : undefined}
    </section>
  );
}

export function Checks({ checks, folded = false }: Pick<EngagementTold, "checks"> & { readonly folded?: boolean }) {
  const t = useT();
  return (
    <Answers
      folded={folded}
      answers={checks.map(({ check, holds }) => ({
        key: check,
        holds,
        says: holds ? t(`marketplace.check.${check}`) : t(`marketplace.check.not.${check}`),
      }))}
    />
  );
}
