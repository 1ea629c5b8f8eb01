// The employments of a member, for who keeps them: read when wanted, and ended by a last day or as a mistake.
import { endEmployment, readEmployment } from "@partcommune/shared/membership/api/employment";
import type { ToldOf } from "@partcommune/shared/platform/endpoint";
import { useState } from "react";
import { useAct, useAsked } from "../../platform/call.tsx";
import { useT } from "../../platform/i18n.tsx";
import { DateField, Tick } from "../../ui/field.tsx";
import { Form } from "../../ui/form.tsx";
import { faultAt } from "../../ui/refusal.tsx";
import { Unfold } from "../../ui/unfold.tsx";
import { Days } from "./employment.tsx";

type Whose = { readonly member: string; readonly name: string };
type One = ToldOf<typeof readEmployment>["employments"][number];

export function Employed({ member, name }: Whose) {
  const t = useT();
  const [wanted, want] = useState(false);
  const told = useAsked(readEmployment, { member }, wanted, `member:${member}`);
  const counted = told?.employments.filter(({ mistaken }) => !mistaken);
  if (!counted)
    return (
      <p className="acts">
        <button type="button" className="faint" disabled={wanted} onClick={() => want(true)}>
          {t("employment.of", { name })}
        </button>
      </p>
    );
  return (
    <div>
      {counted.length === 0 ? <p role="status">{t("employment.noneYet")}</p> : undefined}
      {counted.map((one) => (
        <Standing key={one.id} one={one} />
      ))}
    </div>
  );
}

function Standing({ one: { id, scheme = "", reference, from, until } }: { readonly one: One }) {
  const t = useT();
  return (
    <div>
      <h3>
        {scheme} {reference}
      </h3>
      <Days from={from} until={until} />
      {until === undefined ? (
        <Unfold says={t("employment.end.open", { reference })} faint>
          <Ending employment={id} from={from} />
        </Unfold>
      ) : undefined}
    </div>
  );
}

/** The word of a keeper, once: its last day, or that there never was any. */
function Ending({ employment, from }: { readonly employment: string; readonly from: string }) {
  const t = useT();
  const [lastOn, choose] = useState(from);
  const [mistaken, mistake] = useState(false);
  const { act, busy, refusal } = useAct(endEmployment);
  return (
    <Form
      act={async () => void (await act({ employment, ...(mistaken ? {} : { lastOn }) }))}
      says={t("employment.end")}
      busy={busy}
      ready={mistaken || lastOn !== ""}
      refusal={refusal}
    >
      <Tick label={t("employment.end.mistaken")} name="mistaken" value={mistaken} change={mistake} />
      {mistaken ? undefined : (
        <DateField label={t("employment.until")} name="lastOn" value={lastOn} change={choose} fault={faultAt(refusal, "/lastOn")} />
      )}
    </Form>
  );
}
