// Every fact there is, collected from the domains that declare them.
import "./community/events.ts";
import "./federation/events.ts";
import "./governance/events.ts";
import "./marketplace/events.ts";
import "./membership/events.ts";
import "./money/events.ts";
import "./mutual/events.ts";
export type { Fact, Facts, FactType } from "./platform/events.ts";
