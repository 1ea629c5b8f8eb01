// What the clock does to a vote: it opens, is prolonged once when too few came, and closes.
import { collegesAsked } from "@partcommune/shared/governance/rules/objection";
import { associateBy } from "@partcommune/shared/governance/rules/roll";
import { isQuorate } from "@partcommune/shared/governance/rules/turnout";
import { daysLater } from "@partcommune/shared/platform/calendar";
import type { Id } from "@partcommune/shared/platform/id";
import { found } from "../../platform/refused.ts";
import { viewOf, type Action } from "../../platform/scope.ts";
import { bookOf } from "../../platform/store.ts";
import { cameTo } from "../store/ballots.ts";
import { saveOpenedRoll } from "../store/announced.ts";
import { firstAssembly, freezeRoll } from "../store/roll.ts";
import { moveVote, saveReminder, saveRollSize, voteOf, whileClosing } from "../store/votes.ts";

type Step = Action<{ vote: Id }, Record<string, never>>;

export const aboutVote = (id: Id): readonly string[] => ["votes", `vote:${id}`];

/** Opens a vote and freezes who may vote in it, in one moment. What was objected is answered before it or never. */
export const openVote: Step = async (scope, { vote: id }) => {
  await whileClosing(scope, id);
  const { notice, state } = found(await voteOf(viewOf(scope), id));
  const seniority = (await scope.bylaw("roll.seniorityDays", scope.now)).value;
  if (!(await moveVote(scope, id, state, "open", { opened_at: scope.now }))) return {};
  const since = associateBy(await firstAssembly(viewOf(scope)), seniority, scope.now);
  const roll = await freezeRoll(scope, { vote: id, colleges: collegesAsked(notice), associateBy: since });
  await saveRollSize(scope, id, roll);
  await saveOpenedRoll(scope, id);
  scope.emit({ type: "vote.opened", subject: id, body: { roll }, about: aboutVote(id) });
  return {};
};

/** Two days before it closes, whoever has not cast is told. */
export const remindVoters: Step = async (scope, { vote: id }) => {
  const { closesAt } = found(await voteOf(viewOf(scope), id));
  if (await saveReminder(scope, id, closesAt)) scope.emit({ type: "vote.reminded", subject: id, body: {}, about: [] });
  return {};
};

/** Closes a vote when enough came, or prolongs it once when they did not. What was cast stands. */
export const closeVote: Step = async (scope, { vote: id }) => {
  await whileClosing(scope, id);
  const view = viewOf(scope);
  const { notice, state, closesAt } = found(await voteOf(view, id));
  const enough = isQuorate(await cameTo(view, id), notice.quorum.ppm, notice);
  if (!enough && state === "open" && notice.extensionDays > 0) {
    const until = daysLater(closesAt, notice.extensionDays, (await bookOf(scope.tx)).zone);
    if (await moveVote(scope, id, state, "extend", { extended_until: until }))
      scope.emit({ type: "vote.extended", subject: id, body: { until }, about: aboutVote(id) });
  } else if (await moveVote(scope, id, state, "close", { closed_at: scope.now }))
    scope.emit({ type: "vote.closed", subject: id, body: {}, about: aboutVote(id) });
  return {};
};
