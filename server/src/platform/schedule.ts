// The platform's door for the clock.
import { z } from "zod";
import { IdText, Nothing } from "@partcommune/shared/platform/api";
import { duty, type Duty } from "./domain.ts";
import { forgetFile } from "./files/actions.ts";
import { filesToForget } from "./files/store.ts";
import { mailNotices } from "./notices/actions.ts";
import { mailDue } from "./notices/store.ts";
import { pushNotices } from "./push/actions.ts";
import { pushDue } from "./push/store.ts";
import { logsToSign, signHead } from "./transparency/heads.ts";

export const duties: readonly Duty[] = [
  duty({
    verb: { name: "file.forget", input: z.strictObject({ file: IdText }), answer: Nothing, status: 200 },
    due: async (view) => (await filesToForget(view)).map(({ id }) => ({ key: id, input: { file: id } })),
    act: forgetFile,
  }),
  duty({
    verb: { name: "notices.mail", input: z.strictObject({ people: z.array(IdText) }), answer: Nothing, status: 200 },
    due: async (view) =>
      (await mailDue(view)).map(({ people, newest }) => ({ key: `${people[0]}:${newest}`, input: { people: [...people] } })),
    act: mailNotices,
  }),
  duty({
    verb: { name: "notices.push", input: z.strictObject({ person: IdText }), answer: Nothing, status: 200 },
    due: async (view) => (await pushDue(view)).map(({ person, newest }) => ({ key: `${person}:${newest}`, input: { person } })),
    act: pushNotices,
  }),
  duty({
    verb: { name: "log.sign", input: z.strictObject({ log: z.string() }), answer: Nothing, status: 200 },
    due: async (view) => (await logsToSign(view)).map(({ log, size }) => ({ key: `${log}:${size}`, input: { log } })),
    act: signHead,
  }),
];
