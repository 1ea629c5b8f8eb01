// The terms of a treaty as they travel and are kept: the same both ways, so that everybody hashes the same text.
import { z } from "zod";
import { CurrencyCode } from "../../platform/api.ts";
import type { Instant } from "../../platform/time.ts";
import { creditRisks, type Mandate, type Terms } from "../rules/terms.ts";

const InstantBothWays = z
  .custom<Instant>((value) => z.iso.datetime({ precision: 3 }).safeParse(value).success)
  .meta({ type: "string", format: "date-time" });
const Share = z.int().min(0).max(500_000).meta({ description: "millionths of the fee" });
const Days = z.int().min(1).max(60);
const ExposureJson = z.strictObject({
  amount: z
    .string()
    .regex(/^(0|[1-9]\d{0,9})(\.\d{1,3})?$/)
    .meta({ description: "decimal text" }),
  currency: CurrencyCode,
});
const Exposures = z.array(ExposureJson).min(1).max(10);

export const TermsJson: z.ZodType<Terms, Terms> = z.strictObject({
  hostSharePpm: Share,
  currencies: z.array(CurrencyCode).min(1).max(10),
  exposure: Exposures,
  creditRisk: z.enum(creditRisks),
  nettingDay: z.int().min(1).max(28),
  settleWithinDays: Days,
  countries: z
    .array(z.string().regex(/^[A-Z]{2}$/))
    .min(1)
    .max(60),
  startsAt: InstantBothWays,
  expiresAt: InstantBothWays,
});

export const MandateJson: z.ZodType<Mandate, Mandate> = z.strictObject({
  hostSharePpm: z.tuple([Share, Share]),
  exposure: Exposures,
  settleWithinDays: z.tuple([Days, Days]),
  expiresBy: InstantBothWays,
});
