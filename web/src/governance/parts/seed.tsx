// Somebody of the board gives a lot a number that nobody else knows, and shows it later.
import { commitSeed, revealSeed } from "@partcommune/shared/governance/api";
import { commitmentOf } from "@partcommune/shared/governance/rules/lot";
import { freshKey, useAct } from "../../platform/call.tsx";
import { useDraft } from "../../platform/drafts.ts";
import { useT } from "../../platform/i18n.tsx";
import { Field } from "../../ui/field.tsx";
import { Form } from "../../ui/form.tsx";
import type { LotTold } from "../screens/lot.tsx";

/** 32 bytes in hex. */
const freshSeed = (): string => `${freshKey()}${freshKey()}`;
const isSeed = (text: string): boolean => /^[0-9a-f]{64}$/.test(text);

export function GiveSeed({ lot }: { readonly lot: LotTold }) {
  const t = useT();
  const kept = useDraft(`seed:${lot.id}`);
  const commit = useAct(commitSeed);
  const reveal = useAct(revealSeed);
  const give = async (): Promise<void> => {
    const seed = freshSeed();
    kept.write(seed);
    await commit.act({ lot: lot.id, hash: commitmentOf(seed) });
  };
  const seed = kept.text.trim().toLowerCase();
  if (lot.mine.verbs.includes("commit"))
    return (
      <Form act={give} says={t("panels.seed.give")} busy={commit.busy} ready refusal={commit.refusal}>
        <p>{t("panels.seed.says")}</p>
      </Form>
    );
  if (lot.mine.verbs.includes("reveal"))
    return (
      <Form
        act={async () => void (await reveal.act({ lot: lot.id, seed }))}
        says={t("panels.seed.show")}
        busy={reveal.busy}
        ready={isSeed(seed)}
        refusal={reveal.refusal}
      >
        <p>{t("panels.seed.due")}</p>
        <Field label={t("panels.seed.yours")} hint={t("panels.seed.hint")} name="seed" value={kept.text} change={kept.write} />
      </Form>
    );
  return lot.state === "committing" && isSeed(seed) ? (
    <section className="kept">
      <p>{t("panels.seed.keep")}</p>
      <p className="code">{seed}</p>
    </section>
  ) : undefined;
}
