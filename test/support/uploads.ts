// A file of a test on its way in: announced, sent in parts, said to be whole.
import { announceFile, finishFile, sendPart } from "@partcommune/shared/platform/api/files";
import { partSize } from "@partcommune/shared/platform/rules/files";
import type { Filed } from "@partcommune/shared/platform/subject";
import type { ToldOf } from "@partcommune/shared/platform/endpoint";
import type { Answered, Caller } from "./coop.ts";

/** What the last door said, or the first that refused. */
export async function sentFile(by: Caller, on: Filed, name: string, bytes: Buffer): Promise<Answered<ToldOf<typeof finishFile>>> {
  const announced = await by.call(announceFile, { ...on, name, size: bytes.length });
  if (announced.problem) return announced as never;
  const { id: file } = announced.body;
  for (let no = 0; no * partSize < bytes.length; no += 1) {
    const part = bytes.subarray(no * partSize, (no + 1) * partSize);
    const sent = await by.call(sendPart, { file, no, bytes: part.toString("base64") });
    if (sent.problem) return sent as never;
  }
  return by.call(finishFile, { file });
}

/** The id of a small text that has arrived. */
export async function arrivedText(by: Caller, on: Filed, text = "Three formats."): Promise<string> {
  const { body, problem, text: said } = await sentFile(by, on, "notes.txt", Buffer.from(text));
  if (problem) throw new Error(said);
  return body.id;
}
