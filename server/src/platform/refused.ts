// The one way out of an action that may not go on: it rolls everything back and becomes a problem document at the door.
import { refuse, type Fault, type Refusal } from "@partcommune/shared/platform/refusal";

export class Refused extends Error {
  readonly refusal: Refusal;
  readonly faults: readonly Fault[];
  constructor(refusal: Refusal, faults: readonly Fault[] = []) {
    super(refusal.type);
    this.refusal = refusal;
    this.faults = faults;
  }
}

/** Whether nothing was decided: the database was away, or another is at the same. The same intent may be tried again. */
export const isUndecided = ({ refusal: { type } }: Refused): boolean => type === "try-again" || type === "same-key-in-flight";

/** A no that leaves a trace: what the act wrote before it is kept, so that tries can be counted. */
export class RefusedWithTrace extends Refused {}

/** Ends the action when a rule objects. */
export function refuseIf(objection: Refusal | undefined): void {
  if (objection) throw new Refused(objection);
}

/** Ends the action unless this holds: for guards that only the database can answer. */
export function refuseUnless(holds: boolean, type: string, facts: Readonly<Record<string, unknown>> = {}): asserts holds {
  if (!holds) throw new Refused(refuse(type, facts));
}

/** The thing, or "not found" when it is absent or not this actor's to see: the two are told alike. */
export function found<Thing>(thing: Thing | undefined): Thing {
  if (thing === undefined) throw new Refused(refuse("not-found"));
  return thing;
}
