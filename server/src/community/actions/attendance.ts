// Who is there: noted by themselves, or by the chair of those without a device.
import type * as api from "@partcommune/shared/community/api/meeting";
import { handsIn, objectionToAttending } from "@partcommune/shared/community/rules/assembly";
import type { AnswerOf, InputOf } from "@partcommune/shared/platform/endpoint";
import type { Id } from "@partcommune/shared/platform/id";
import { personActing } from "../../platform/acting.ts";
import { found, refuseIf, refuseUnless } from "../../platform/refused.ts";
import { viewOf, type Action, type Scope } from "../../platform/scope.ts";
import * as store from "../store/assemblies.ts";
import { aboutGathering } from "./about-gathering.ts";

type Act<E> = Action<InputOf<E>, AnswerOf<E>>;

type Noted = { readonly held: store.Held; readonly by: Id; readonly whom: Id };

/** The assembly, who notes, and whom: oneself, or for the chair anybody. */
async function noting(scope: Scope, gathering: Id, person: Id | undefined): Promise<Noted> {
  const by = personActing(scope.actor);
  const held = found(await store.heldAssembly(scope, gathering));
  const whom = person ?? by;
  refuseUnless(whom === by || handsIn(held, scope.actor).includes("chair"), "chair-only");
  return { held, by, whom };
}

export const attendAssembly: Act<typeof api.attendAssembly> = async (scope, { gathering, way, person }) => {
  const { held, by, whom } = await noting(scope, gathering, person);
  refuseIf(objectionToAttending(held, await store.stageOfPerson(viewOf(scope), whom), scope.now));
  await store.saveAttendance(scope, gathering, whom, way, by);
  scope.emit({ type: "assembly.attended", subject: gathering, body: { person: whom, way }, about: aboutGathering(gathering) });
  return {};
};

export const leaveAssembly: Act<typeof api.leaveAssembly> = async (scope, { gathering, person }) => {
  const { whom } = await noting(scope, gathering, person);
  refuseUnless(await store.endAttendance(scope, gathering, whom), "not-present");
  scope.emit({ type: "assembly.attended", subject: gathering, body: { person: whom, way: "left" }, about: aboutGathering(gathering) });
  return {};
};
