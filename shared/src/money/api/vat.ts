// What can be asked of VAT: a quarter as the return asks for it.
import { z } from "zod";
import { Bytes, DayJson, MoneyJson } from "../../platform/api.ts";
import { endpoint } from "../../platform/endpoint.ts";
import { services } from "../../platform/packs.ts";
import { vatCategories } from "../rules/vat.ts";

const asked = { method: "GET", who: ["treasurer", "accountant"], input: z.strictObject({ from: DayJson.optional() }) } as const;

const Quarter = z.object({
  from: DayJson.optional().meta({ description: "its first day; none where nothing was ever booked" }),
  before: DayJson.optional(),
  next: DayJson.optional().meta({ description: "absent where it has not begun" }),
  months: z.array(
    z.object({
      until: DayJson,
      sold: z
        .array(z.object({ category: z.enum(vatCategories), percent: z.string(), net: MoneyJson, vat: MoneyJson }))
        .meta({ description: "by the papers issued in it, less what was credited" }),
      due: MoneyJson.meta({ description: "by the book: asked of clients" }),
      input: MoneyJson.meta({ description: "by the book: asked of us by others" }),
      bought: z.object({ net: MoneyJson, vat: MoneyJson }).optional().meta({
        description: "by the book: bills and work from other countries, of which the state asks us for the VAT; it stands on both sides",
      }),
      relief: MoneyJson.meta({ description: "by the book: of invoices that were given up, to be asked back" }),
    }),
  ),
  abroad: z
    .array(z.object({ vatNumber: z.string(), name: z.string(), net: MoneyJson }))
    .meta({ description: "clients in other member states who owe the VAT themselves, for the recapitulative statement" }),
  open: z
    .object({ until: DayJson, due: MoneyJson, input: MoneyJson })
    .optional()
    .meta({ description: "of all closed months, what was never settled with the state" }),
});

export const listServices = endpoint({
  does: "List the services that the law of the coop's country taxes less than others today, or not at all.",
  method: "GET",
  path: "/api/v1/vat/services",
  who: "anyone",
  input: z.strictObject({}),
  answer: z.object({
    percent: z.string().optional().meta({ description: "of every other service; none before the coop is founded" }),
    items: z.array(
      z.object({
        service: z.enum(services),
        percent: z.string().optional().meta({ description: "absent: it is exempt" }),
        law: z.string(),
      }),
    ),
  }),
});

export const readVat = endpoint({
  ...asked,
  does: "Show a quarter of VAT: what was sold by category and rate, what the book holds of it, and what is to be settled; for treasurers and accountants.",
  path: "/api/v1/desk/vat",
  answer: Quarter,
});

export const readVatFile = endpoint({
  ...asked,
  does: "The same quarter as a table for a spreadsheet.",
  path: "/api/v1/desk/vat/csv",
  file: "text/csv",
  perMinute: 30,
  answer: Bytes,
});
