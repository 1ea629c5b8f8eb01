// What the treasury can ask about money that members set aside.
import { z } from "zod";
import { PurposeCard } from "../../governance/api/purpose.ts";
import { listOf } from "../../platform/api.ts";
import { endpoint } from "../../platform/endpoint.ts";

export const listPurposes = endpoint({
  does: "List money that members set aside by a vote and that can be paid out, the one that ends first before the others.",
  method: "GET",
  path: "/api/v1/purposes",
  who: ["treasurer", "accountant"],
  input: z.strictObject({}),
  answer: listOf(PurposeCard),
});
