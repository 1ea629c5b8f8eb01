// The checks of all domains, apart from what answers people: whoever asks them from a terminal needs nothing else of the server.
import { checks as communityChecks } from "./community/checks.ts";
import { checks as federationChecks } from "./federation/checks.ts";
import { checks as governanceChecks } from "./governance/checks.ts";
import { checks as marketplaceChecks } from "./marketplace/checks.ts";
import { checks as membershipChecks } from "./membership/checks.ts";
import { checks as moneyChecks } from "./money/checks.ts";
import { checks as mutualChecks } from "./mutual/checks.ts";
import { checks as platformChecks, type Check } from "./platform/checks.ts";

/** What must find nothing, of every domain, lowest first. */
export const checks: readonly Check[] = [
  ...platformChecks,
  ...membershipChecks,
  ...governanceChecks,
  ...moneyChecks,
  ...federationChecks,
  ...mutualChecks,
  ...marketplaceChecks,
  ...communityChecks,
];
