// The doors of files.
import * as api from "@partcommune/shared/platform/api/files";
import type { Door } from "../doors.ts";
import * as sending from "./actions.ts";

export function routes(door: Door): void {
  door.write(api.announceFile, sending.announceFile(door.topics));
  door.write(api.sendPart, sending.sendPart);
  door.write(api.finishFile, sending.finishFile);
  door.file(api.fetchFile, sending.fileToFetch(door.topics), async (file) => file);
}
