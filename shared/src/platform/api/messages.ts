// What can be asked of threads: read, write, change, remove, and note how far one has read.
import { z } from "zod";
import { CountJson, IdText, InstantJson, listOf, Nothing, pageOfList, Text } from "../api.ts";
import { endpoint } from "../endpoint.ts";
import { FileCard, Files } from "./files.ts";
import { longestMessage } from "../rules/messages.ts";
import { subjectKinds } from "../subject.ts";

/** The thing a thread hangs on. */
const onSubject = { subjectKind: z.enum(subjectKinds), subject: IdText };

const ofMessage = { message: IdText };
const Words = Text(longestMessage, 1).meta({ description: "Markdown" });

export const Message = z.object({
  id: IdText,
  author: z.object({ name: z.string(), me: z.boolean() }),
  at: InstantJson,
  html: z.string().optional().meta({ description: "safe to show; absent once the message was removed" }),
  text: z.string().optional().meta({ description: "as it was written; for its author, while it can be changed" }),
  changeUntil: InstantJson.optional().meta({ description: "for its author: until then it can be changed" }),
  files: z.array(FileCard),
  editedAt: InstantJson.optional(),
  removedAt: InstantJson.optional().meta({ description: "a stone: somebody wrote here, and took it back" }),
  version: CountJson,
});

export const listMessages = endpoint({
  does: "Read the thread of a thing, newest first, and how far the others have read.",
  method: "GET",
  path: "/api/v1/messages",
  who: "person",
  input: z.strictObject({ ...onSubject, ...pageOfList }),
  answer: listOf(Message).extend({
    mayWrite: z.boolean(),
    readBy: z
      .array(z.object({ name: z.string(), upTo: IdText }))
      .meta({ description: "the others, each with the newest message read; nobody where everybody may read" }),
  }),
});

export const writeMessage = endpoint({
  does: "Write to the thread of a thing.",
  method: "POST",
  path: "/api/v1/messages",
  who: "person",
  status: 201,
  input: z.strictObject({
    ...onSubject,
    text: Text(longestMessage).meta({ description: "Markdown; empty where files say it all" }),
    files: Files,
  }),
  answer: z.object({ id: IdText }),
  refusals: ["thread-closed", "message-empty", "file-not-ready"],
});

export const editMessage = endpoint({
  does: "Change a message of one's own as it was shown, within 15 minutes.",
  method: "PUT",
  path: "/api/v1/messages/:message",
  who: "person",
  input: z.strictObject({ ...ofMessage, text: Words, version: CountJson }),
  answer: Nothing,
  refusals: ["not-your-message", "message-removed", "edit-too-late", "message-changed"],
});

export const removeMessage = endpoint({
  does: "Remove a message of one's own: a stone stays where it was.",
  method: "DELETE",
  path: "/api/v1/messages/:message",
  who: "person",
  input: z.strictObject(ofMessage),
  answer: Nothing,
  refusals: ["not-your-message", "message-removed"],
});

export const markRead = endpoint({
  does: "Note that one has read a thread up to this message.",
  method: "POST",
  path: "/api/v1/messages/:message/reading",
  who: "person",
  input: z.strictObject(ofMessage),
  answer: Nothing,
});
