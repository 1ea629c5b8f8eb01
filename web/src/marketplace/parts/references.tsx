// References on the page of a finished engagement: one's own to write, the other's to read and to answer once.
import { useState } from "react";
import { answerReference, listReferences, writeReference } from "@partcommune/shared/marketplace/api";
import type { ToldOf } from "@partcommune/shared/platform/endpoint";
import { useAct, useWanted } from "../../platform/call.tsx";
import { useT } from "../../platform/i18n.tsx";
import { LongField, Pick } from "../../ui/field.tsx";
import { Form } from "../../ui/form.tsx";
import { faultAt } from "../../ui/refusal.tsx";
import { useUntil } from "../../ui/when.tsx";
import type { EngagementTold } from "./told.ts";
import { Reasoned } from "./work.tsx";

type Told = ToldOf<typeof listReferences>["items"][number];
type Names = { readonly client: string; readonly member: string };

export function References({ engagement: { id, client, member } }: { readonly engagement: EngagementTold }) {
  const t = useT();
  const { items } = useWanted(listReferences, { engagement: id }, `engagement:${id}`);
  if (items.length === 0) return undefined;
  return (
    <section aria-labelledby="references">
      <h2 id="references">{t("marketplace.references.title")}</h2>
      <ul className="plain">
        {items
          .toSorted((a, b) => Number(b.mine) - Number(a.mine))
          .map((reference) => (
            <li key={reference.id} className="milestone">
              <One reference={reference} names={{ client, member }} />
            </li>
          ))}
      </ul>
    </section>
  );
}

function One({ reference, names }: { readonly reference: Told; readonly names: Names }) {
  const t = useT();
  const { by, mine, text, again, answer, withheldBecause, acts } = reference;
  return (
    <>
      <h3>{mine ? t("marketplace.references.yours") : t("marketplace.references.of", { name: names[by] })}</h3>
      {text ? <blockquote className="letter">{text}</blockquote> : undefined}
      {again === undefined ? undefined : <p>{again ? t("marketplace.references.again") : t("marketplace.references.notAgain")}</p>}
      <Standing reference={reference} />
      {answer ? (
        <>
          <p>{t("marketplace.references.answered")}</p>
          <blockquote className="letter">{answer}</blockquote>
        </>
      ) : undefined}
      {withheldBecause ? <p>{t("marketplace.references.withheldBecause", { reason: withheldBecause })}</p> : undefined}
      {acts.includes("write") ? <Write reference={reference} about={names[by === "client" ? "member" : "client"]} /> : undefined}
      {acts.includes("answer") ? <Answer reference={reference.id} /> : undefined}
    </>
  );
}

/** What it waits for, as long as it waits. */
function Standing({ reference: { state, mine, writeBy } }: { readonly reference: Told }) {
  const t = useT();
  const until = useUntil()(writeBy);
  if (state === "invited")
    return <p>{mine ? t("marketplace.references.write.until", { until }) : t("marketplace.references.unseen", { until })}</p>;
  if (state === "written")
    return <p role="status">{mine ? t("marketplace.references.kept", { until }) : t("marketplace.references.unseen", { until })}</p>;
  return state === "lapsed" ? <p>{t("marketplace.references.lapsed")}</p> : undefined;
}

function Write({ reference: { id }, about }: { readonly reference: Told; readonly about: string }) {
  const t = useT();
  const [text, setText] = useState("");
  const [again, setAgain] = useState<"" | "yes" | "no">("");
  const { act, busy, refusal } = useAct(writeReference);
  return (
    <Form
      act={async () => void (await act({ reference: id, text, again: again === "yes" }))}
      says={t("marketplace.references.write")}
      busy={busy}
      ready={text.trim() !== "" && again !== ""}
      refusal={refusal}
    >
      <LongField
        label={t("marketplace.references.text", { name: about })}
        name="text"
        value={text}
        change={setText}
        hint={t("marketplace.references.text.hint")}
        fault={faultAt(refusal, "/text")}
      />
      <Pick
        label={t("marketplace.references.again.ask", { name: about })}
        name="again"
        value={again}
        change={setAgain}
        options={[
          { value: "", says: t("marketplace.references.choose") },
          { value: "yes", says: t("platform.yes") },
          { value: "no", says: t("platform.no") },
        ]}
      />
    </Form>
  );
}

function Answer({ reference }: { readonly reference: string }) {
  const t = useT();
  const { act, busy, refusal } = useAct(answerReference);
  return (
    <Reasoned
      open={t("marketplace.references.answer.open")}
      says={t("marketplace.references.answer")}
      label={t("marketplace.references.answer.text")}
      hint={t("marketplace.references.answer.hint")}
      send={async (answer) => void (await act({ reference, answer }))}
      busy={busy}
      refusal={refusal}
    />
  );
}
