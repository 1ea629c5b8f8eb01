// The verbs of files: announced, sent in parts, looked into on arrival, and fetched by whom their thing concerns.
import type * as api from "@partcommune/shared/platform/api/files";
import type { AnswerOf, InputOf } from "@partcommune/shared/platform/endpoint";
import type { Id } from "@partcommune/shared/platform/id";
import { objectionToFile, sizeOfPart } from "@partcommune/shared/platform/rules/files";
import { personActing } from "../acting.ts";
import type { File, Topics } from "../doors.ts";
import { found, Refused, RefusedWithTrace, refuseIf, refuseUnless } from "../refused.ts";
import type { Action, Query } from "../scope.ts";
import { foundOn, refuseUnlessOpen } from "../subjects.ts";
import { lookInto } from "./looking.ts";
import * as store from "./store.ts";

type Act<E> = Action<InputOf<E>, AnswerOf<E>>;

/** Begins to take a file for a thread. */
export const announceFile =
  (topics: Topics): Act<typeof api.announceFile> =>
  async (scope, file) => {
    await refuseUnlessOpen(topics, scope, file);
    const by = personActing(scope.actor);
    refuseIf(objectionToFile(file, await store.filesWaiting(scope, by)));
    return { id: await store.saveFile(scope, by, file) };
  };

/** Takes a part, whole or not at all. */
export const sendPart: Act<typeof api.sendPart> = async (scope, { file: id, no, bytes: base64 }) => {
  const { size, arrived } = found(await store.fileHeld(scope, id, personActing(scope.actor)));
  refuseUnless(!arrived, "file-not-ready");
  const bytes = Buffer.from(base64, "base64");
  refuseUnless(bytes.length > 0 && bytes.length === sizeOfPart(size, no), "file-incomplete", { arrived: bytes.length, size });
  await store.savePart(scope, id, no, bytes);
  scope.reach("part-kept");
  return {};
};

/** Looks into what has arrived, and keeps it or says why not; what is refused is forgotten at once. */
export const finishFile: Act<typeof api.finishFile> = async (scope, { file: id }) => {
  const { name, size, arrived } = found(await store.fileHeld(scope, id, personActing(scope.actor)));
  refuseUnless(!arrived, "file-not-ready");
  const bytes = await store.bytesArrived(scope, id);
  refuseUnless(bytes.length === size, "file-incomplete", { arrived: bytes.length, size });
  const fit = await lookInto(name, bytes).catch(async (error: unknown) => {
    if (!(error instanceof Refused)) throw error;
    await store.forgetUnsent(scope, id);
    throw new RefusedWithTrace(error.refusal);
  });
  const kept = await store.keepArrived(scope, id, fit);
  scope.reach("file-kept");
  return kept;
};

/** A file for whoever may see its thing. */
export const fileToFetch =
  (topics: Topics): Query<InputOf<typeof api.fetchFile>, File> =>
  async (view, { file }) => {
    const { name, sha256 } = await foundOn(topics, view, file, await store.fileSeen(view, file, personActing(view.actor)));
    return { name, bytes: await store.bytesOf(view, sha256) };
  };

/** Forgets what was never sent with anything. */
export const forgetFile: Action<{ file: Id }, Record<string, never>> = async (scope, { file }) => {
  await store.forgetUnsent(scope, file);
  return {};
};
