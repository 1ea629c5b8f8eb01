// The shapes every domain's questions and answers are made of.
import { z } from "zod";
import { roles } from "./actor.ts";
import { idPattern } from "./id.ts";
import { endpoint } from "./endpoint.ts";
import { exponents, minorFrom, moneyFrom, moneyText } from "./money.ts";
import { instant, type Day, type Instant } from "./time.ts";
import type { Money } from "./money.ts";

export const IdText = z.string().regex(idPattern, "an id is a UUIDv7 in lower case").meta({ description: "UUIDv7, lower case, opaque" });

/** RFC 3339 with `Z`, brought to milliseconds. */
export const InstantText = z.iso
  .datetime()
  .transform((text): Instant => instant(text))
  .meta({ description: "RFC 3339, UTC" });

/** An instant on its way out: it has its form already. */
export const InstantJson = z.custom<Instant>((value) => typeof value === "string").meta({ type: "string", format: "date-time" });

export const DayText = z.iso.date().transform((text): Day => text as Day);
export const DayJson = z.custom<Day>((value) => typeof value === "string").meta({ type: "string", format: "date" });

/** A zone this server's clock knows. */
export const ZoneName = z
  .string()
  .max(60)
  .refine((zone) => Intl.supportedValuesOf("timeZone").includes(zone) || zone === "UTC", "a zone, Europe/Brussels");

/** A moment as the clocks of some zone show it. */
export const ClockText = z.iso
  .datetime({ local: true, precision: -1 })
  .meta({ description: "a day and an hour by the clocks of a zone, 2026-12-14T19:00" });

export const CurrencyCode = z
  .string()
  .refine((code) => Object.hasOwn(exponents, code), "a currency this coop can book, in three capital letters");

const MoneyWire = z
  .strictObject({ amount: z.string().max(20), currency: CurrencyCode })
  .refine(({ amount, currency }) => minorFrom(amount, currency) !== undefined, {
    path: ["amount"],
    message: 'a decimal text with exactly the currency\'s decimals, at most 15 digits: "1709.95"',
  });

/** Money in JSON ↔ Money in code. */
export const MoneyJson = z
  .codec(MoneyWire, z.custom<Money>(), { decode: moneyFrom, encode: moneyText })
  .meta({ description: "decimal text and currency" });

/** Money that a person offers or pays: above zero. */
export const PositiveMoney = z
  .codec(
    MoneyWire.refine(({ amount }) => !amount.startsWith("-") && /[1-9]/.test(amount), {
      path: ["amount"],
      message: "an amount above zero",
    }),
    z.custom<Money>(),
    { decode: moneyFrom, encode: moneyText },
  )
  .meta({ description: "decimal text above zero, and currency" });

/** A whole number of parts per million. */
export const PpmJson = z
  .codec(z.int().min(0).max(1_000_000), z.bigint(), { decode: BigInt, encode: Number })
  .meta({ description: "parts per million" });

/** A row version or another count that the database keeps as int8. */
export const CountJson = z.codec(z.int().min(0), z.bigint(), { decode: BigInt, encode: Number });

/** One line of text a person typed: trimmed, no control or direction marks that could make it read as something else. */
export const Line = (longest: number, shortest = 1): z.ZodType<string, string> =>
  z
    .string()
    .trim()
    .min(shortest)
    .max(longest)
    .refine((text) => !/[\p{Cc}\u202a-\u202e\u2066-\u2069\ufeff]/u.test(text) && text.isWellFormed(), "no control characters");

/** An address of mail, in small letters. */
export const EmailText = z
  .email()
  .max(254)
  .transform((text) => text.toLowerCase());

/** Text of several lines. */
export const Text = (longest: number, shortest = 0): z.ZodType<string, string> =>
  z
    .string()
    .trim()
    .min(shortest)
    .max(longest)
    .refine((text) => !/[^\P{Cc}\n\r\t]|[\u202a-\u202e\u2066-\u2069\ufeff]/u.test(text) && text.isWellFormed(), "no control characters");

/** The two questions of every list: how many, and after which one. */
export const pageOfList = { limit: z.coerce.number().int().min(1).max(200).default(50), after: z.string().max(400).optional() };

/** A list and the cursor of what follows; no `next` on the last page. */
export const listOf = <Item extends z.ZodType>(item: Item) => z.object({ items: z.array(item), next: z.string().optional() });

/** Bytes of a file: what an endpoint with `file` answers. */
export const Bytes = z.custom<Uint8Array>((value) => value instanceof Uint8Array).meta({ type: "string", format: "binary" });

/** What an act answers when there is nothing to tell. */
export const Nothing = z.object({});

export const CoopCard = z.object({
  name: z.string(),
  founded: z.boolean(),
  country: z.string().optional(),
  currency: z.string().optional(),
  zone: z.string().optional().meta({ description: "IANA zone in which the coop's days begin and end" }),
  languages: z.array(z.string()),
  passwords: z.boolean(),
  demo: z.boolean().meta({ description: "an example to play with: invented people, no real money" }),
  draft: z
    .boolean()
    .meta({ description: "nobody who files papers in its country has looked through the country's rules: no real invoice leaves" }),
  review: z
    .object({ reviewer: z.string(), reviewedOn: DayJson })
    .optional()
    .meta({ description: "who looked them through, as the board says" }),
});

export const readCoop = endpoint({
  does: "Say which coop this is and how it speaks.",
  method: "GET",
  path: "/api/v1/coop",
  who: "anyone",
  input: z.strictObject({}),
  answer: CoopCard,
  mayLag: true,
});

/** What the coop's papers carry besides its name. The IBAN is where clients pay to. */
export const LetterheadText = z.strictObject({
  street: Line(120),
  postcode: Line(12),
  town: Line(80),
  vatNumber: Line(30).exactOptional(),
  iban: z.string().max(42).exactOptional(),
  phone: Line(30).exactOptional(),
  email: EmailText.exactOptional(),
});

export const readLetterhead = endpoint({
  does: "Show what stands on the coop's papers; for the board and the treasury.",
  method: "GET",
  path: "/api/v1/coop/letterhead",
  who: ["board", "treasurer", "accountant"],
  input: z.strictObject({}),
  answer: LetterheadText.extend({ email: z.string().exactOptional() }),
  refusals: ["not-founded"],
});

export const changeLetterhead = endpoint({
  does: "Change what stands on the coop's papers from now on, its account included. Papers that are issued stay as they are.",
  method: "PUT",
  path: "/api/v1/coop/letterhead",
  who: ["board"],
  proof: "fresh",
  input: LetterheadText,
  answer: Nothing,
  refusals: ["vat-number-unlike", "vat-number-wrong", "iban-unreadable", "not-founded"],
});

export const reviewCountry = endpoint({
  does: "Name who looked through the rules of the coop's country: by the name of an accountant, and the day. Everybody may read it. Where the country is a draft, work is agreed on and invoices leave from then on.",
  method: "PUT",
  path: "/api/v1/coop/review",
  who: ["board"],
  proof: "fresh",
  input: z.strictObject({ reviewer: Line(120), reviewedOn: DayText }),
  answer: Nothing,
  refusals: ["review-in-future", "not-founded"],
});

export const readOutbox = endpoint({
  does: "Show the letters that wait because no mail server is set. With one they leave by themselves, and the outbox stays empty.",
  method: "GET",
  path: "/api/v1/outbox",
  who: ["operator"],
  input: z.strictObject({}),
  answer: listOf(z.object({ id: IdText, to: z.string(), subject: z.string(), text: z.string(), at: InstantJson })),
});

export const readSession = endpoint({
  does: "Say who is signed in and as what, so that a page shows the way to what is theirs; nobody for a visitor.",
  method: "GET",
  path: "/api/v1/sessions/current",
  who: "anyone",
  input: z.strictObject({}),
  answer: z.object({
    person: z
      .object({
        id: IdText,
        name: z.string(),
        roles: z.array(z.enum(roles)),
        stage: z.string().optional().meta({ description: "where one's membership stands; absent for whoever never applied" }),
        buysFor: z.array(z.object({ client: IdText, name: z.string() })),
      })
      .optional(),
    left: z.literal(true).optional().meta({ description: "one's session ran out while nobody used it" }),
  }),
});
