// Whether one comes, who else does, and what whoever called a gathering can do with it.
import { answerGathering, cancelGathering } from "@partcommune/shared/community/api";
import { mostGuests, type Said } from "@partcommune/shared/community/rules/answer";
import { useState } from "react";
import { useAct } from "../../platform/call.tsx";
import { useT } from "../../platform/i18n.tsx";
import { Field, Pick } from "../../ui/field.tsx";
import { Form } from "../../ui/form.tsx";
import { Link } from "../../ui/link.tsx";
import { faultAt } from "../../ui/refusal.tsx";
import { Unfold } from "../../ui/unfold.tsx";
import { Until } from "../../ui/when.tsx";
import type { GatheringTold } from "../screens/gathering.tsx";

type Part = { readonly gathering: GatheringTold };
type Mine = NonNullable<GatheringTold["mine"]>;

export function Coming({ gathering }: Part) {
  const t = useT();
  const { id, mine, coming = [] } = gathering;
  if (!mine) return undefined;
  return (
    <>
      {mine.state || mine.mayAnswer ? (
        <section>
          <h2>{t("community.mine")}</h2>
          <Standing mine={mine} />
          {mine.mayAnswer ? <Answer gathering={gathering} mine={mine} /> : undefined}
        </section>
      ) : undefined}
      {coming.length > 0 ? (
        <section>
          <h2>{t("community.coming")}</h2>
          <ul className="plain">
            {coming.map(({ name, guests }, at) => (
              <li key={`${name} ${at}`}>
                {name} {guests > 0 ? <small className="hint">{t("community.guests", { count: guests })}</small> : undefined}
              </li>
            ))}
          </ul>
        </section>
      ) : undefined}
      {mine.verbs.includes("change") ? (
        <p className="acts">
          <Link to={`/gatherings/${id}/edit`}>{t("community.change.title")}</Link>
        </p>
      ) : undefined}
      {mine.verbs.includes("cancel") ? (
        <Unfold faint says={t("community.cancel")}>
          <Cancel id={id} />
        </Unfold>
      ) : undefined}
    </>
  );
}

/** What one said, and what it came to. */
function Standing({ mine: { state, guests, offeredUntil, ahead = 0 } }: { readonly mine: Mine }) {
  const t = useT();
  if (!state) return undefined;
  return (
    <p role="status" className="kept">
      {t(`community.answer.${state}`)} {guests > 0 ? t("community.guests", { count: guests }) : undefined}
      {state === "waiting" ? ` ${t("community.ahead", { count: ahead })}` : undefined}
      {offeredUntil ? (
        <>
          {" "}
          {t("community.offered.says")} <Until at={offeredUntil} />
        </>
      ) : undefined}
    </p>
  );
}

const saidIn = ({ state }: Mine): Said => (state === "maybe" || state === "no" ? state : "going");

function Answer({ gathering: { id, kind }, mine }: Part & { readonly mine: Mine }) {
  const t = useT();
  const [said, setSaid] = useState<Said>(saidIn(mine));
  const [guests, setGuests] = useState(mine.guests > 0 ? String(mine.guests) : "");
  const { act, busy, refusal } = useAct(answerGathering);
  const beside = Number(guests || "0");
  return (
    <Form
      act={async () => void (await act({ gathering: id, said, guests: said === "going" ? beside : 0 }))}
      says={t("community.answer.send")}
      busy={busy}
      ready={Number.isInteger(beside) && beside >= 0}
      refusal={refusal}
    >
      <Pick
        label={t("community.answer.pick")}
        name="said"
        value={said}
        change={setSaid}
        options={(["going", "maybe", "no"] as const).map((value) => ({ value, says: t(`community.said.${value}`) }))}
      />
      {said === "going" && kind === "open" ? (
        <Field
          label={t("community.answer.guests")}
          hint={t("community.answer.guests.hint", { most: mostGuests })}
          name="guests"
          mode="numeric"
          value={guests}
          change={setGuests}
          fault={faultAt(refusal, "/guests")}
        />
      ) : undefined}
    </Form>
  );
}

function Cancel({ id }: { readonly id: string }) {
  const t = useT();
  const [because, setBecause] = useState("");
  const { act, busy, refusal } = useAct(cancelGathering);
  return (
    <Form
      act={async () => void (await act({ gathering: id, because }))}
      says={t("community.cancel")}
      busy={busy}
      ready={because.trim() !== ""}
      refusal={refusal}
    >
      <p>{t("community.cancel.says")}</p>
      <Field
        label={t("community.cancel.because")}
        name="because"
        value={because}
        change={setBecause}
        fault={faultAt(refusal, "/because")}
      />
    </Form>
  );
}
