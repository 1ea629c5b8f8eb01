// What can be asked of calendars: for which regions days of rest are kept.
import { z } from "zod";
import { listOf } from "../api.ts";
import { endpoint } from "../endpoint.ts";

export const CountryCode = z.string().regex(/^[A-Z]{2}$/);

/** A region of a country as ISO 3166-2 names it, without the country: `BE` of `DE-BE`. */
export const RegionCode = z.string().regex(/^[A-Z0-9]{1,3}$/);

export const listCalendars = endpoint({
  does: "List the regions whose own days of rest are kept beside those of their country.",
  method: "GET",
  path: "/api/v1/calendars",
  who: "anyone",
  input: z.strictObject({}),
  answer: listOf(
    z.object({
      country: z.string(),
      region: z.string().meta({ description: "as ISO 3166-2 names it, without the country" }),
      name: z.string().meta({ description: "what it is called there" }),
    }),
  ),
  mayLag: true,
});
