// The things that threads and files hang on. The domain that owns a kind says whom it concerns; nobody here knows what it is.
import type { Id } from "@partcommune/shared/platform/id";
import { subjectKinds, type Filed } from "@partcommune/shared/platform/subject";
import type { Topic, Topics } from "./doors.ts";
import { found, refuseUnless } from "./refused.ts";
import { viewOf, type Scope, type View } from "./scope.ts";

type Thread = Required<Topic>;

/** The subject's own word on who may write, for whoever may see it; for everybody else there is no such thing. */
export async function subjectSeen(topics: Topics, view: View, { subjectKind, subject }: Filed): Promise<NonNullable<Thread["mayWrite"]>> {
  const topic = found(topics.get(subjectKind));
  found(await topic.maySee(view, subject));
  return found(topic.mayWrite);
}

/** The thing found, for whoever may see what it hangs on. The subject is asked in either case, so that absent and foreign cost the same work. */
export async function foundOn<Thing extends { readonly on: Filed }>(
  topics: Topics,
  view: View,
  id: Id,
  thing: Thing | undefined,
): Promise<Thing> {
  const [first] = subjectKinds;
  const nothing = { subjectKind: first, subject: id };
  const on = thing?.on ?? nothing;
  const sees = on.subjectKind === first || (await topics.get(on.subjectKind)?.maySee(view, on.subject));
  await subjectSeen(topics, view, sees ? on : nothing);
  return found(thing);
}

/** Lets an act go on that adds something to a subject. */
export async function refuseUnlessOpen(topics: Topics, scope: Scope, on: Filed): Promise<void> {
  const mayWrite = await subjectSeen(topics, viewOf(scope), on);
  refuseUnless(await mayWrite(viewOf(scope), on.subject), "thread-closed");
}
