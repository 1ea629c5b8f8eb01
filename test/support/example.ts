// An input that an endpoint takes, made from its own schema, so that tests which visit every door find new ones by themselves.
import { z } from "zod";
import { uuidv7 } from "@partcommune/shared/platform/id";
import type { Endpoint } from "@partcommune/shared/platform/endpoint";
import { seededRandom } from "./coop.ts";

type Json = {
  readonly type?: string;
  readonly enum?: readonly unknown[];
  readonly const?: unknown;
  readonly anyOf?: readonly Json[];
  readonly oneOf?: readonly Json[];
  readonly properties?: Readonly<Record<string, Json>>;
  readonly required?: readonly string[];
  readonly items?: Json;
  readonly minItems?: number;
  readonly minLength?: number;
  readonly minimum?: number;
  readonly format?: string;
  readonly pattern?: string;
};

/** Fields whose schema says less than they ask. A new one of that kind is added here. */
const known: Readonly<Record<string, unknown>> = {
  currency: "EUR",
  home: "1.04",
  foreign: "1",
  amount: "2000.00",
  zone: "Europe/Brussels",
  begins: "2026-12-14T19:00",
  ends: "2026-12-14T21:00",
  email: "example@people.example",
  country: "BE",
  endpoint: "https://fcm.googleapis.com/fcm/send/example",
  p256dh: "BGsX0fLhLEJH-Lzm5WOkQPJ3A32BLeszoPShOUXYmMKWT-NC4v4af5uO5-tKfA-eFivOM1drMV7Oy7ZAaDe_UfU",
  auth: "A".repeat(22),
  hash: "a".repeat(64),
  leftOut: "a".repeat(64),
  seed: "a".repeat(64),
  bytes: "eA==",
  gzip: "eA==",
  token: "A".repeat(22),
  iban: "BE68539007547034",
  share: 60,
  value: 79_000,
  vatNumber: "BE0123456749",
  taxNumber: "BE0123456749",
  agreement: "a".repeat(64),
  payload: { kind: "resolution" },
  terms: {
    hostSharePpm: 200_000,
    currencies: ["EUR"],
    exposure: [{ amount: "20000", currency: "EUR" }],
    creditRisk: "host",
    nettingDay: 5,
    settleWithinDays: 10,
    countries: ["BE"],
    startsAt: "2027-01-01T00:00:00.000Z",
    expiresAt: "2029-01-01T00:00:00.000Z",
  },
  fundSplit: { guarantee: 400_000, insurance: 200_000, coaching: 100_000, advances: 100_000, reserve: 200_000, running: 0 },
};

/** Fields that are taken whole from those. */
const wholes = new Set(["fundSplit", "payload", "terms"]);

const random = seededRandom("examples");

/** An id that nothing has. */
export const nobodysId = (): string => uuidv7(Date.parse("2026-12-01T09:00:00Z"), random(10));

type Ids = Readonly<Record<string, string>>;

function valueOf(schema: Json, field: string, ids: Ids): unknown {
  if (field === "handle") return ids[field] ?? "nobody-here";
  if (field in known && (schema.type !== "object" || wholes.has(field))) return known[field];
  if (schema.const !== undefined) return schema.const;
  if (schema.enum) return schema.enum[0];
  const [choice] = schema.anyOf ?? schema.oneOf ?? [];
  if (choice) return valueOf(choice, field, ids);
  if (schema.type === "object") return objectOf(schema, ids);
  if (schema.type === "array") return Array.from({ length: schema.minItems ?? 0 }, () => valueOf(schema.items ?? {}, field, ids));
  if (schema.type === "integer" || schema.type === "number") return Math.max(1, schema.minimum ?? 1);
  if (schema.type === "boolean") return false;
  if (schema.format === "date") return "2026-12-14";
  if (schema.format === "date-time") return "2026-12-14T09:00:00.000Z";
  if (schema.pattern?.includes("-7")) return ids[field] ?? nobodysId();
  return "x".repeat(Math.max(1, schema.minLength ?? 1));
}

const objectOf = ({ properties = {}, required = [] }: Json, ids: Ids): Record<string, unknown> =>
  Object.fromEntries(required.map((field) => [field, valueOf(properties[field] ?? {}, field, ids)]));

const schemas = new Map<Endpoint, Json>();

/** What an endpoint asks for: read once, because a test asks a hundred times. */
function schemaOf(endpoint: Endpoint): Json {
  const before = schemas.get(endpoint);
  if (before) return before;
  const schema = z.toJSONSchema(endpoint.input, { io: "input", unrepresentable: "any" }) as Json;
  schemas.set(endpoint, schema);
  return schema;
}

/** The required fields of an endpoint, filled: ids with those of `ids` that bear the field's name. Throws when the schema does not take it. */
export function exampleOf(endpoint: Endpoint, ids: Ids = {}): Record<string, unknown> {
  const example = objectOf(schemaOf(endpoint), ids);
  const fault = endpoint.input.safeParse(example).error;
  if (fault) throw new Error(`test/support/example.ts knows no input for ${endpoint.method} ${endpoint.path}: ${z.prettifyError(fault)}`);
  return example;
}
