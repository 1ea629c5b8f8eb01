// The verbs of threads. Whom a thread concerns is the word of the domain that owns its subject.
import type * as api from "@partcommune/shared/platform/api/messages";
import type { AnswerOf, InputOf } from "@partcommune/shared/platform/endpoint";
import type { Id } from "@partcommune/shared/platform/id";
import { objectionToEdit, objectionToMessage, objectionToRemoval } from "@partcommune/shared/platform/rules/messages";
import { isBetweenFew, topicOf } from "@partcommune/shared/platform/subject";
import { personActing } from "../acting.ts";
import type { Topics } from "../doors.ts";
import { forgetFilesOf, sendFiles } from "../files/store.ts";
import { toldTo } from "../notices/actions.ts";
import { readAbout } from "../notices/store.ts";
import { refuseIf, refuseUnless } from "../refused.ts";
import { viewOf, type Action, type Query, type Scope } from "../scope.ts";
import { foundOn, refuseUnlessOpen, subjectSeen } from "../subjects.ts";
import * as store from "./store.ts";

type Act<E> = (topics: Topics) => Action<InputOf<E>, AnswerOf<E>>;

/** The thread of a thing, for whoever may see the thing. */
export const thread =
  (topics: Topics): Query<InputOf<typeof api.listMessages>, AnswerOf<typeof api.listMessages>> =>
  async (view, input) => {
    const mayWrite = await subjectSeen(topics, view, input);
    const page = await store.threadPage(view, personActing(view.actor), input);
    return { ...page, mayWrite: await mayWrite(view, input.subject) };
  };

/** Writes to a thread. */
export const writeMessage: Act<typeof api.writeMessage> = (topics) => async (scope, message) => {
  await refuseUnlessOpen(topics, scope, message);
  const { text, files = [] } = message;
  refuseIf(objectionToMessage(text, files));
  const author = personActing(scope.actor);
  const id = await store.saveMessage(scope, author, message);
  await sendFiles(scope, author, message, id, files);
  const { subjectKind, subject } = message;
  scope.emit({ type: "message.written", subject: id, body: { subjectKind, subject }, about: [topicOf(message)] });
  return { id };
};

/** A message, for whoever may see what it hangs on. */
async function messageSeen(topics: Topics, scope: Scope, id: Id): Promise<store.HeldMessage> {
  return foundOn(topics, viewOf(scope), id, await store.messageHeld(scope, id));
}

/** Changes a message of one's own. */
export const editMessage: Act<typeof api.editMessage> =
  (topics) =>
  async (scope, { message: id, text, version }) => {
    const message = await messageSeen(topics, scope, id);
    refuseIf(objectionToEdit(message, personActing(scope.actor), version, scope.now));
    refuseUnless(await store.changeMessage(scope, message, text), "message-changed");
    scope.emit({ type: "message.edited", subject: id, body: message.on, about: [topicOf(message.on)] });
    return {};
  };

/** Takes a message of one's own back with its files; a stone stays. */
export const removeMessage: Act<typeof api.removeMessage> =
  (topics) =>
  async (scope, { message: id }) => {
    const message = await messageSeen(topics, scope, id);
    refuseIf(objectionToRemoval(message, personActing(scope.actor)));
    refuseUnless(await store.removeMessage(scope, id), "message-removed");
    await forgetFilesOf(scope, id);
    scope.emit({ type: "message.removed", subject: id, body: message.on, about: [topicOf(message.on)] });
    return {};
  };

/** Notes how far one has read; what one was told of it is read with it. */
export const markRead: Act<typeof api.markRead> =
  (topics) =>
  async (scope, { message: id }) => {
    const message = await messageSeen(topics, scope, id);
    const person = personActing(scope.actor);
    if (isBetweenFew(message.on.subjectKind) && (await store.saveReadMark(scope, person, message)))
      scope.emit({ type: "message.read", subject: id, body: message.on, about: [topicOf(message.on)] });
    if (await readAbout(scope, person, "messageWritten", message.on.subject)) toldTo(scope, person);
    return {};
  };
