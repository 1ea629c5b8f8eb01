// What can be asked of files. One comes in parts, so that a slow line brings it too and a lost part alone is sent again.
import { z } from "zod";
import { Bytes, IdText, Line, Nothing } from "../api.ts";
import { endpoint } from "../endpoint.ts";
import { mostFiles, mostParts } from "../rules/files.ts";
import { filedKinds } from "../subject.ts";

/** A file as whoever sees its thing is told of it. */
export const FileCard = z.object({ id: IdText, name: z.string(), type: z.string(), size: z.int() });

/** Files that go with a message or a hand-in. */
export const Files = z.array(IdText).max(mostFiles).exactOptional().meta({ description: "arrived, and not sent with anything yet" });

const ofFile = { file: IdText };

export const announceFile = endpoint({
  does: "Begin to send a file for a thing, to its thread or with a receipt: its name and how many bytes it has.",
  method: "POST",
  path: "/api/v1/files",
  who: "person",
  status: 201,
  input: z.strictObject({ subjectKind: z.enum(filedKinds), subject: IdText, name: Line(200), size: z.int().min(0) }),
  answer: z.object({ id: IdText }),
  refusals: ["thread-closed", "file-name-unfit", "file-empty", "file-too-big", "files-waiting"],
});

export const sendPart = endpoint({
  does: "Send a part of a file: 256 KiB, or what is left in the last one. A part sent twice counts once.",
  method: "POST",
  path: "/api/v1/files/:file/parts",
  who: "person",
  input: z.strictObject({
    ...ofFile,
    no: z
      .int()
      .min(0)
      .max(mostParts - 1),
    bytes: z.base64().max(350_000),
  }),
  answer: Nothing,
  refusals: ["file-incomplete", "file-not-ready"],
});

export const finishFile = endpoint({
  does: "Say that all parts are sent. The file is looked into and taken, or refused; pictures are made anew without what they tell of place and device.",
  method: "POST",
  path: "/api/v1/files/:file/arrival",
  who: "person",
  input: z.strictObject(ofFile),
  answer: FileCard,
  refusals: [
    "file-incomplete",
    "file-not-ready",
    "file-kind-unknown",
    "file-is-markup",
    "file-two-in-one",
    "file-broken",
    "file-harmful",
    "picture-too-large",
    "archive-grows",
    "archive-locked",
  ],
});

export const fetchFile = endpoint({
  does: "Fetch a file, for whoever may see the thing it was sent for.",
  method: "GET",
  path: "/api/v1/files/:file",
  who: "person",
  file: "application/octet-stream",
  input: z.strictObject(ofFile),
  answer: Bytes,
});
