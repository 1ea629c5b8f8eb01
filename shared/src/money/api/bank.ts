// What can be asked of the way to the bank: the coop's own account, and the file of a payout.
import { z } from "zod";
import { Bytes, IdText, InstantJson, Line, Nothing } from "../../platform/api.ts";
import { endpoint } from "../../platform/endpoint.ts";

const treasury = ["treasurer", "accountant"] as const;

const Bic = z.string().regex(/^[A-Z]{6}[A-Z0-9]{2}([A-Z0-9]{3})?$/);

const HouseAccount = z.object({
  id: IdText,
  iban: z.string(),
  bic: z.string().optional(),
  holder: z.string(),
  by: z.string().meta({ description: "who proposed it" }),
  confirmedBy: z.string().optional(),
  mine: z.boolean().meta({ description: "proposed by whoever asks, who may therefore not confirm it" }),
});

export const readHouseAccount = endpoint({
  does: "Show from which account the coop pays, and which one waits for a second treasurer.",
  method: "GET",
  path: "/api/v1/house-account",
  who: treasury,
  input: z.strictObject({}),
  answer: z.object({ account: HouseAccount.optional(), proposed: HouseAccount.optional() }),
});

export const proposeHouseAccount = endpoint({
  does: "Propose the account that the coop pays from. It counts once another treasurer has confirmed it.",
  method: "POST",
  path: "/api/v1/house-account",
  who: ["treasurer"],
  proof: "fresh",
  status: 201,
  input: z.strictObject({ iban: z.string().max(42), bic: Bic.exactOptional(), holder: Line(70) }),
  answer: z.object({ id: IdText }),
  refusals: ["iban-unreadable", "house-account-proposed"],
});

export const confirmHouseAccount = endpoint({
  does: "Confirm as another treasurer the account that the coop pays from.",
  method: "POST",
  path: "/api/v1/house-account/:account/confirmation",
  who: ["treasurer"],
  proof: "fresh",
  input: z.strictObject({ account: IdText }),
  answer: Nothing,
  refusals: ["second-person-needed", "not-in-this-state"],
});

export const discardHouseAccount = endpoint({
  does: "Withdraw an account that nobody has confirmed.",
  method: "POST",
  path: "/api/v1/house-account/:account/withdrawal",
  who: ["treasurer"],
  input: z.strictObject({ account: IdText }),
  answer: Nothing,
  refusals: ["not-in-this-state"],
});

export const takePayoutFile = endpoint({
  does: "Take the file of a signed payout for the bank. Who took it, and when, stays; a second file is the same to the byte, so that the bank pays nobody twice.",
  method: "POST",
  path: "/api/v1/payouts/:payout/file",
  who: ["treasurer"],
  proof: "fresh",
  input: z.strictObject({ payout: IdText }),
  answer: z.object({
    before: z.array(z.object({ by: z.string(), at: InstantJson })).meta({ description: "who took it earlier, first first" }),
  }),
  refusals: ["not-in-this-state", "house-account-missing"],
});

export const readPayoutFile = endpoint({
  does: "Download the file of a payout, pain.001.001.09; for a treasurer who has taken it.",
  method: "GET",
  path: "/api/v1/payouts/:payout/file",
  who: ["treasurer"],
  file: "application/xml",
  perMinute: 60,
  input: z.strictObject({ payout: IdText }),
  answer: Bytes,
  refusals: ["file-not-taken"],
});
