// How a member leaves: they give notice, and may take it back until nothing of theirs is open.
import { z } from "zod";
import { Nothing } from "../../platform/api.ts";
import { endpoint } from "../../platform/endpoint.ts";

export const giveNotice = endpoint({
  does: "Say that one leaves the coop. What one signed is finished and paid; bids, offices and proxies end now, and the membership once nothing is open.",
  method: "POST",
  path: "/api/v1/me/leaving",
  who: "member",
  status: 201,
  proof: "fresh",
  input: z.strictObject({}),
  answer: Nothing,
  refusals: ["proof-needed", "not-in-this-state", "last-board"],
});

export const stay = endpoint({
  does: "Take one's notice back while something is open: one is again what one was. Offices and bids that ended do not come back by themselves.",
  method: "POST",
  path: "/api/v1/me/leaving/withdrawal",
  who: "member",
  status: 201,
  input: z.strictObject({}),
  answer: Nothing,
  refusals: ["not-in-this-state"],
});
