// What the platform does after a commit: letters leave, and notices are pushed.
import type { Fact } from "@partcommune/shared/platform/events";
import type { Listener } from "./domain.ts";
import { sendLetter } from "./letters.ts";
import { sendPush } from "./push/sending.ts";

export const listeners: readonly Listener[] = [
  { name: "platform.letters", facts: ["letter.written"], hear: (listening, fact) => sendLetter(listening, fact.subject) },
  { name: "platform.push", facts: ["push.handedOut"], hear: (listening, fact) => sendPush(listening, fact as Fact<"push.handedOut">) },
];
