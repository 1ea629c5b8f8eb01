// What an adviser is told about a member they follow. Every domain raises its own, each with what it is about; nothing is summed up into a score.
import type { Id } from "./id.ts";
import type { Day, Instant } from "./time.ts";

/** A member whom an adviser follows, as alerts are asked about. */
export type Followed = { readonly member: Id; readonly admittedAt: Instant };

/** `on` is the day it began or ends; `about` names the thing, where there is one. */
export type Alert<Kind extends string = string> = {
  readonly member: Id;
  readonly kind: Kind;
  readonly on: Day;
  readonly about?: string;
};
