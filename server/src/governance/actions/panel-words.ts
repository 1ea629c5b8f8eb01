// What those who sit on a panel say, one by one; more than half of one mind decide.
import type * as api from "@partcommune/shared/governance/api";
import { decisionFrom, objectionToDecision, panelTable } from "@partcommune/shared/governance/rules/panel";
import type { AnswerOf, InputOf } from "@partcommune/shared/platform/endpoint";
import type { Id } from "@partcommune/shared/platform/id";
import { objectionToVerb } from "@partcommune/shared/platform/table";
import { found, refuseIf, refuseUnless } from "../../platform/refused.ts";
import { viewOf, type Action } from "../../platform/scope.ts";
import { heldPanel, saveWord, seatsOn } from "../store/panels.ts";
import { ownSeat } from "./panel-seats.ts";
import { aboutPanel, decide, lapse } from "./panels.ts";

type Act<E> = Action<InputOf<E>, AnswerOf<E>>;

export const speakOnPanel: Act<typeof api.speakOnPanel> = async (scope, { panel: id, decision: word, reason }) => {
  const panel = found(await heldPanel(scope, id));
  const seat = await ownSeat(scope, id);
  refuseIf(objectionToVerb(panelTable, panel.state, "speak") ?? objectionToDecision(panel.cause, word));
  refuseUnless(seat.state === "accepted", "not-drawn");
  await saveWord(scope, id, seat.place, word, reason);
  scope.emit({ type: "panel.spoken", subject: id, body: {}, about: aboutPanel(panel) });
  const sitting = (await seatsOn(viewOf(scope), id)).filter(({ state }) => state === "accepted");
  const decision = decisionFrom(sitting.map((each) => each.decision));
  if (decision) await decide(scope, panel, decision);
  return decision ? { decision } : {};
};

/** They did not come to more than half in time. */
export const lapsePanel: Action<{ panel: Id }, Record<string, never>> = async (scope, { panel: id }) => {
  const panel = found(await heldPanel(scope, id));
  if (panel.state === "sitting") await lapse(scope, panel);
  return {};
};
