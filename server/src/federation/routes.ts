// Federation's door for people.
import * as api from "@partcommune/shared/federation/api";
import * as blocking from "@partcommune/shared/federation/api/blocking";
import * as sisters from "@partcommune/shared/federation/api/sisters";
import * as settling from "@partcommune/shared/federation/api/settling";
import * as treaties from "@partcommune/shared/federation/api/treaties";
import { found } from "../platform/refused.ts";
import type { Door } from "../platform/doors.ts";
import { askNeighbour, followNeighbour, leaveNeighbour } from "./actions/neighbours.ts";
import * as blocks from "./actions/blocking.ts";
import * as disputes from "./actions/disputes.ts";
import * as treaty from "./actions/treaty-officers.ts";
import { blockedHosts } from "./store/blocks.ts";
import { settlingPage } from "./store/settling.ts";
import { sisterList } from "./store/sister-list.ts";
import { sisterPage } from "./store/sister-page.ts";
import { neighboursPage } from "./store/neighbours.ts";

export function routes(door: Door): void {
  door.read(api.listNeighbours, (view) => neighboursPage(view));
  door.write(api.askNeighbour, askNeighbour);
  door.write(api.followNeighbour, followNeighbour);
  door.write(api.leaveNeighbour, leaveNeighbour);
  door.read(sisters.listSisters, (view) => sisterList(view));
  door.read(sisters.readSister, async (view, asked) => found(await sisterPage(view, asked)));
  door.write(treaties.proposeTreaty, treaty.proposeTreaty);
  door.write(treaties.redraftTreaty, treaty.redraftTreaty);
  door.write(treaties.wishTreaty, treaty.wishTreaty);
  door.write(treaties.refuseTreaty, treaty.refuseTreaty);
  door.write(treaties.withdrawTreaty, treaty.withdrawTreaty);
  door.write(treaties.pauseTreaty, treaty.pauseTreaty);
  door.write(treaties.resumeTreaty, treaty.resumeTreaty);
  door.write(blocking.blockHost, blocks.blockHost);
  door.write(blocking.unblockHost, blocks.unblockHost);
  door.write(blocking.takeBlocked, blocks.takeBlocked);
  door.file(blocking.readBlocked, (view) => blockedHosts(view), blocks.printBlocked);
  door.write(settling.withdrawClaim, disputes.withdrawClaim);
  door.write(settling.raiseClaimAnew, disputes.raiseClaimAnew);
  door.write(settling.acceptClaim, disputes.acceptClaim);
  door.read(settling.listSettling, (view) => settlingPage(view));
  door.topic("sisters", async () => true);
  door.topic("neighbours", async () => true);
}
