// The law of threads: who may change a message, and until when. What was said does not vanish: a removed message leaves a stone.
import type { Id } from "../id.ts";
import { refuse, type Problems, type Refusal } from "../refusal.ts";
import { isBefore, later, type Instant } from "../time.ts";

export const problems = {
  "message-empty": { status: 422, says: "A message says something or brings a file." },
  "thread-closed": { status: 409, says: "Nothing more is written here: this is over.", rule: "threads" },
  "not-your-message": { status: 403, says: "Only who wrote a message may change or remove it.", rule: "threads" },
  "edit-too-late": {
    status: 409,
    says: "A message could be changed until {until}. Write another one.",
    rule: "15 minutes to change a message",
  },
  "message-removed": { status: 409, says: "This message was removed." },
  "message-changed": { status: 409, says: "This message is not what you were shown: it was changed meanwhile. Read it again." },
} as const satisfies Problems;

export const longestMessage = 8_000;
const editMs = 15 * 60_000;

export type Message = { readonly author: Id; readonly at: Instant; readonly removed: boolean; readonly version: bigint };

/** From this instant on a message stays as it is. */
export const changeUntil = ({ at }: Pick<Message, "at">): Instant => later(at, editMs);

/** Why there is nothing to send. */
export const objectionToMessage = (text: string, files: readonly Id[]): Refusal | undefined =>
  text === "" && files.length === 0 ? refuse("message-empty") : undefined;

/** Why this person may not remove a message. */
export function objectionToRemoval(message: Message, person: Id): Refusal | undefined {
  if (message.author !== person) return refuse("not-your-message");
  return message.removed ? refuse("message-removed") : undefined;
}

/** Why this person may not change a message as it was shown to them. */
export function objectionToEdit(message: Message, person: Id, shown: bigint, now: Instant): Refusal | undefined {
  const objection = objectionToRemoval(message, person);
  if (objection) return objection;
  if (!isBefore(now, changeUntil(message))) return refuse("edit-too-late", { until: changeUntil(message) });
  return message.version === shown ? undefined : refuse("message-changed");
}
