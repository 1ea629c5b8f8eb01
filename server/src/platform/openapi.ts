// The API described for others (OpenAPI 3.1), made from the same values the routes are made from.
import { z } from "zod";
import { paramsOf, type Endpoint } from "@partcommune/shared/platform/endpoint";

type Json = Readonly<Record<string, unknown>>;

// Both sides are shown as they travel: what a codec or a transform makes of it afterwards is nobody's business outside.
const schemaOf = (schema: z.ZodType): Json => {
  const { $schema: _, ...rest } = z.toJSONSchema(schema, { io: "input", unrepresentable: "any" });
  return rest;
};

/** The whole document. */
export function openApi(endpoints: Readonly<Record<string, Endpoint>>): Json {
  const paths: Record<string, Record<string, unknown>> = {};
  for (const [name, endpoint] of Object.entries(endpoints)) {
    const path = endpoint.path.replaceAll(/:(\w+)/g, "{$1}");
    paths[path] = { ...paths[path], [endpoint.method.toLowerCase()]: operation(name, endpoint) };
  }
  return { openapi: "3.1.0", info: { title: "Partcommune", version: "1" }, paths };
}

function operation(name: string, endpoint: Endpoint): Json {
  const inPath = new Set(paramsOf(endpoint.path));
  const asked = schemaOf(endpoint.input) as { properties?: Record<string, Json>; required?: readonly string[] };
  const fields = Object.entries(asked.properties ?? {});
  const required = new Set(asked.required);
  const reads = endpoint.method === "GET";
  const parameters = fields
    .filter(([field]) => inPath.has(field) || reads)
    .map(([field, schema]) => ({ name: field, in: inPath.has(field) ? "path" : "query", required: required.has(field), schema }));
  const body = fields.filter(([field]) => !inPath.has(field));
  const writes = {
    parameters: [...parameters, idempotencyKey],
    requestBody: { required: true, content: { "application/json": { schema: objectOf(body, required) } } },
  };
  return {
    operationId: name,
    summary: endpoint.does,
    "x-who": endpoint.who,
    ...(endpoint.proof ? { "x-proof": endpoint.proof } : {}),
    ...(reads ? { parameters } : writes),
    responses: {
      [endpoint.status]: { description: "done", content: { [endpoint.file ?? "application/json"]: { schema: schemaOf(endpoint.answer) } } },
      default: {
        description: `refused: ${[...new Set([...(endpoint.proof ? ["proof-needed"] : []), ...endpoint.refusals])].join(", ") || "see problems"}`,
        content: { "application/problem+json": {} },
      },
    },
  };
}

const idempotencyKey = {
  name: "Idempotency-Key",
  in: "header",
  required: true,
  schema: { type: "string", pattern: "^[\\x21-\\x7e]{1,255}$" },
};

const objectOf = (fields: readonly (readonly [string, Json])[], required: ReadonlySet<string>): Json => ({
  type: "object",
  properties: Object.fromEntries(fields),
  required: fields.map(([field]) => field).filter((field) => required.has(field)),
  additionalProperties: false,
});
