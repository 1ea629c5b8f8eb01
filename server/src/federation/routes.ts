// Federation's door for people.
import * as api from "@partcommune/shared/federation/api";
import type { Door } from "../platform/doors.ts";
import { askNeighbour, followNeighbour, leaveNeighbour } from "./actions/neighbours.ts";
import { neighboursPage } from "./store/neighbours.ts";

export function routes(door: Door): void {
  door.read(api.listNeighbours, (view) => neighboursPage(view));
  door.write(api.askNeighbour, askNeighbour);
  door.write(api.followNeighbour, followNeighbour);
  door.write(api.leaveNeighbour, leaveNeighbour);
  door.topic("neighbours", async () => true);
}
