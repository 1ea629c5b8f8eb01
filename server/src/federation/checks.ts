// What must never be found among what was exchanged with other servers.
import { sql } from "kysely";
import { sqlCheck, type Check } from "../platform/checks.ts";

export const checks: readonly Check[] = [
  sqlCheck(
    "deliveries-left-behind",
    "Something is on its way to another server for longer than it is tried: the lanes stand still.",
    (now) => sql`select id, inbox, at from federation.delivery where state = 'due' and at < ${now}::timestamptz - interval '31 days'`,
  ),
  sqlCheck(
    "letters-left-unread",
    "Something came from another server and was neither worked nor given up for four days.",
    (now) => sql`select id, type, at from federation.inbox_event where state = 'new' and at < ${now}::timestamptz - interval '4 days'`,
  ),
];
