// Federation's lanes: what came in and what goes out, host by host.
import type { Lane } from "../platform/domain.ts";
import { deliverTo } from "./actions/delivering.ts";
import { receiveFrom } from "./actions/receiving.ts";
import type { Hears } from "./index.ts";
import { hostsDue } from "./store/deliveries.ts";
import { hostsWithEvents } from "./store/inbox.ts";

/** The lanes of what is heard by these domains. */
export const lanesOf = (hears: readonly Hears[]): readonly Lane[] => [
  { name: "federation.inbox", due: hostsWithEvents, work: (listening, host) => receiveFrom(listening, hears, host) },
  { name: "federation.delivery", due: hostsDue, work: deliverTo },
];
