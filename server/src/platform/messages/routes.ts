// The doors of threads.
import * as api from "@partcommune/shared/platform/api/messages";
import type { Door } from "../doors.ts";
import * as talking from "./actions.ts";

export function routes(door: Door): void {
  const { topics } = door;
  door.read(api.listMessages, talking.thread(topics));
  door.write(api.writeMessage, talking.writeMessage(topics));
  door.write(api.editMessage, talking.editMessage(topics));
  door.write(api.removeMessage, talking.removeMessage(topics));
  door.write(api.markRead, talking.markRead(topics));
}
