// What the platform does after a commit: letters leave.
import type { Listener } from "./domain.ts";
import { sendLetter } from "./letters.ts";

export const listeners: readonly Listener[] = [
  { name: "platform.letters", facts: ["letter.written"], hear: (listening, fact) => sendLetter(listening, fact.subject) },
];
