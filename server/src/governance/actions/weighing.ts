// What a change of bylaws would have meant in the past is kept when its words are fixed, so that whoever votes later decides on what stood there.
import canonicalize from "canonicalize";
import { hash } from "node:crypto";
import type { Id } from "@partcommune/shared/platform/id";
import { found } from "../../platform/refused.ts";
import type { Scope } from "../../platform/scope.ts";
import { saveEffects } from "../store/weighing.ts";
import { aboutProposal } from "./proposals.ts";

/** Keeps what was worked out, as it travels; once. */
export async function keepEffects(scope: Scope, proposal: Id, effects: unknown): Promise<void> {
  const text = found(canonicalize({ proposal, at: scope.now, effects }));
  const print = hash("sha256", text, "hex");
  if (await saveEffects(scope, proposal, text, print))
    scope.emit({ type: "proposal.weighed", subject: proposal, body: { hash: print }, about: aboutProposal(proposal) });
}
