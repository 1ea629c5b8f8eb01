// Who may hear that something happened to a bid: whoever watches its job, and while it is sealed nobody.
import { isSealed, type Sealing } from "@partcommune/shared/marketplace/rules/choosing";
import type { Id } from "@partcommune/shared/platform/id";

export const aboutBid = (job: Id, sealing: Sealing): readonly string[] => (isSealed(sealing) ? [] : [`job:${job}`]);
