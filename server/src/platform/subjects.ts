// The things that threads and files hang on. The domain that owns a kind says whom it concerns; nobody here knows what it is.
import type { Id } from "@partcommune/shared/platform/id";
import { subjectKinds, type Subject } from "@partcommune/shared/platform/subject";
import type { Topic, Topics } from "./doors.ts";
import { found, refuseUnless } from "./refused.ts";
import { viewOf, type Scope, type View } from "./scope.ts";

type Thread = Required<Topic>;

/** The subject's own word on who may write, for whoever may see it; for everybody else there is no such thing. */
export async function subjectSeen(topics: Topics, view: View, { subjectKind, subject }: Subject): Promise<NonNullable<Thread["mayWrite"]>> {
  const topic = found(topics.get(subjectKind));
  found(await topic.maySee(view, subject));
  return found(topic.mayWrite);
}

/** The thing found, for whoever may see what it hangs on. The subject is asked in either case, so that absent and foreign cost the same work. */
export async function foundOn<Thing extends { readonly on: Subject }>(
  topics: Topics,
  view: View,
  id: Id,
  thing: Thing | undefined,
): Promise<Thing> {
  await subjectSeen(topics, view, thing?.on ?? { subjectKind: subjectKinds[0], subject: id });
  return found(thing);
}

/** Lets an act go on that adds something to a subject. */
export async function refuseUnlessOpen(topics: Topics, scope: Scope, on: Subject): Promise<void> {
  const mayWrite = await subjectSeen(topics, viewOf(scope), on);
  refuseUnless(await mayWrite(viewOf(scope), on.subject), "thread-closed");
}
