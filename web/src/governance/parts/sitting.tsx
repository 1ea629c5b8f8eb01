// What somebody does about a panel: take the seat they were drawn to, decide, or as a party refuse one seat.
import { answerSeat, challengeSeat, speakOnPanel } from "@partcommune/shared/governance/api";
import { decisionsOf, type Decision } from "@partcommune/shared/governance/rules/panel";
import { useState } from "react";
import { useAct } from "../../platform/call.tsx";
import { useT } from "../../platform/i18n.tsx";
import { LongField, Pick } from "../../ui/field.tsx";
import { Form } from "../../ui/form.tsx";
import { Unfold } from "../../ui/unfold.tsx";
import type { PanelTold } from "../screens/panel.tsx";

type Part = { readonly panel: PanelTold };

export function Sitting({ panel }: Part) {
  const may = (verb: string): boolean => panel.mine.verbs.includes(verb);
  return (
    <>
      {may("accept") ? <Take panel={panel} /> : undefined}
      {may("decline") ? <Leave panel={panel} /> : undefined}
      {may("speak") ? <Speak panel={panel} /> : undefined}
      {may("challenge") ? <Challenge panel={panel} /> : undefined}
    </>
  );
}

function Take({ panel: { id } }: Part) {
  const t = useT();
  const { act, busy, refusal } = useAct(answerSeat);
  return (
    <Form act={async () => void (await act({ panel: id, accept: true }))} says={t("panels.take")} busy={busy} ready refusal={refusal}>
      <p>{t("panels.take.says")}</p>
    </Form>
  );
}

function Leave({ panel: { id } }: Part) {
  const t = useT();
  const { act, busy, refusal } = useAct(answerSeat);
  return (
    <Unfold faint says={t("panels.leave")}>
      <Form act={async () => void (await act({ panel: id, accept: false }))} says={t("panels.leave")} busy={busy} ready refusal={refusal}>
        <p>{t("panels.leave.says")}</p>
      </Form>
    </Unfold>
  );
}

function Speak({ panel: { id, cause, seats } }: Part) {
  const t = useT();
  const own = seats.find(({ mine }) => mine);
  const [decision, setDecision] = useState<Decision>(own?.decision ?? decisionsOf[cause][0]);
  const [reason, setReason] = useState(own?.reason ?? "");
  const { act, busy, told, refusal } = useAct(speakOnPanel);
  const options = decisionsOf[cause].map((value) => ({ value, says: t(`panels.says.${value}`) }));
  return (
    <Form
      act={async () => void (await act({ panel: id, decision, reason }))}
      says={t(own?.decision ? "panels.speak.again" : "panels.speak.send")}
      busy={busy}
      ready={reason.trim() !== ""}
      refusal={refusal}
    >
      <p>{t("panels.speak.says")}</p>
      <Pick label={t("panels.speak.decision")} name="decision" value={decision} change={setDecision} options={options} />
      <p className="hint">{t(`panels.does.${decision}`)}</p>
      <LongField label={t("panels.speak.reason")} hint={t("panels.speak.hint")} name="reason" value={reason} change={setReason} rows={5} />
      {told ? <p role="status">{t("panels.speak.kept")}</p> : undefined}
    </Form>
  );
}

function Challenge({ panel: { id, seats } }: Part) {
  const t = useT();
  const taken = seats.filter(({ state }) => state === "asked" || state === "accepted");
  const [place, setPlace] = useState(String(taken[0]?.place ?? ""));
  const { act, busy, refusal } = useAct(challengeSeat);
  const options = taken.map((seat) => ({ value: String(seat.place), says: seat.name ?? t("panels.seat", { place: seat.place }) }));
  return (
    <Unfold faint says={t("panels.challenge")}>
      <Form
        act={async () => void (await act({ panel: id, place: Number(place) }))}
        says={t("panels.challenge.send")}
        busy={busy}
        ready={place !== ""}
        refusal={refusal}
      >
        <p>{t("panels.challenge.says")}</p>
        <Pick label={t("panels.challenge.whom")} name="place" value={place} change={setPlace} options={options} />
      </Form>
    </Unfold>
  );
}
