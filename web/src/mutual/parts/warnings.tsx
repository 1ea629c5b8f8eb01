// What members voted to be told of, and what the board answers in public.
import { useState } from "react";
import { readMe } from "@partcommune/shared/membership/api";
import { answerWarning, type readFund } from "@partcommune/shared/mutual/api";
import { answerKinds } from "@partcommune/shared/mutual/rules/warning";
import type { ToldOf } from "@partcommune/shared/platform/endpoint";
import { useAct, useAsked } from "../../platform/call.tsx";
import { useSpeech, useT } from "../../platform/i18n.tsx";
import { LongField, Pick } from "../../ui/field.tsx";
import { Form } from "../../ui/form.tsx";
import { Unfold } from "../../ui/unfold.tsx";
import { Day } from "../../ui/when.tsx";
import { useRatio } from "./coverage.tsx";

type Warning = ToldOf<typeof readFund>["warnings"][number];

export function Warnings({ warnings }: { readonly warnings: readonly Warning[] }) {
  const t = useT();
  const { person } = useAsked(readMe, {}, warnings.length > 0) ?? {};
  const answers = person?.roles.includes("board") ?? false;
  if (warnings.length === 0) return undefined;
  const [open, over] = [warnings.filter(({ endedOn }) => !endedOn), warnings.filter(({ endedOn }) => endedOn)];
  return (
    <section aria-labelledby="warnings">
      <h2 id="warnings">{t("mutual.warnings.title")}</h2>
      {open.length === 0 ? <p>{t("mutual.warnings.none")}</p> : undefined}
      <ul className="rows">
        {open.map((warning) => (
          <Row key={warning.id} warning={warning} answers={answers} />
        ))}
      </ul>
      {over.length > 0 ? (
        <Unfold says={t("mutual.warnings.over", { count: over.length })}>
          <ul className="rows">
            {over.map((warning) => (
              <Row key={warning.id} warning={warning} answers={answers} />
            ))}
          </ul>
        </Unfold>
      ) : undefined}
    </section>
  );
}

function Row({ warning, answers }: { readonly warning: Warning; readonly answers: boolean }) {
  const t = useT();
  const { beganOn, endedOn, answerBy, answer } = warning;
  return (
    <li>
      <div>
        <h3>{useFound(warning)}</h3>
        <p>
          {t("mutual.warnings.since")} <Day on={beganOn} />
          {endedOn ? (
            <>
              {" "}
              {t("mutual.warnings.until")} <Day on={endedOn} />
            </>
          ) : undefined}
        </p>
        {answer ? (
          <p>
            <strong>{t(`mutual.warnings.${answer.kind}`, { name: answer.by })}</strong> {answer.text} (<Day on={answer.on} />)
          </p>
        ) : (
          <p>
            {t("mutual.warnings.answerBy")} <Day on={answerBy} />
          </p>
        )}
        {answers && !answer ? <Answering id={warning.id} /> : undefined}
      </div>
    </li>
  );
}

/** What was found, beside what members voted. */
function useFound({ cause, pot, ppm, limitPpm }: Warning): string {
  const t = useT();
  const ratio = useRatio();
  const { language } = useSpeech();
  if (cause === "coverage") return t("mutual.warnings.coverage", { found: ratio(ppm), limit: ratio(limitPpm) });
  const percent = new Intl.NumberFormat(language, { style: "percent", maximumFractionDigits: 1 });
  if (cause === "floor")
    return t("mutual.warnings.floor", { pot: t(`governance.pot.${pot ?? "guarantee"}`), found: percent.format(ppm / 1_000_000) });
  return t(`mutual.warnings.on.${cause}`, { found: percent.format(ppm / 1_000_000), limit: percent.format(limitPpm / 1_000_000) });
}

function Answering({ id }: { readonly id: string }) {
  const t = useT();
  const [kind, setKind] = useState<(typeof answerKinds)[number]>("plan");
  const [text, setText] = useState("");
  const { act, busy, refusal } = useAct(answerWarning);
  return (
    <Unfold says={t("mutual.warnings.answer")}>
      <Form
        act={async () => void (await act({ warning: id, kind, text: text.trim() }))}
        says={t("mutual.warnings.publish")}
        busy={busy}
        ready={text.trim() !== ""}
        refusal={refusal}
      >
        <Pick
          label={t("mutual.warnings.kind")}
          name="kind"
          value={kind}
          change={setKind}
          options={answerKinds.map((value) => ({ value, says: t(`mutual.warnings.kind.${value}`) }))}
        />
        <LongField
          label={t("mutual.warnings.text")}
          name="answer"
          hint={t("mutual.warnings.text.hint")}
          value={text}
          change={setText}
          rows={3}
        />
      </Form>
    </Unfold>
  );
}
