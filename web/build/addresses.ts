// Gives the browser method and path of each endpoint and nothing else, because the schemas would bring 24 KB of zod to every reader.
import { statSync } from "node:fs";
import { pathToFileURL } from "node:url";
import type { Plugin } from "vite";

const apiFile = /\/shared\/src\/[a-z]+\/api(\/[a-z-]+)?\.ts$/;

export function addresses(): Plugin {
  return {
    name: "partcommune-addresses",
    enforce: "pre",
    load: { filter: { id: apiFile }, handler: reduced },
  };
}

/** The module a browser gets in place of an `api.ts`. The time of change is in the address so that a watched build reads the file anew. */
async function reduced(id: string): Promise<{ code: string; moduleType: "js" }> {
  const { href } = pathToFileURL(id);
  const declared = (await import(`${href}?${statSync(id).mtimeMs}`)) as Record<string, unknown>;
  const lines = Object.entries(declared).flatMap(([name, value]) => line(name, value));
  return { code: lines.join("\n"), moduleType: "js" };
}

function line(name: string, value: unknown): readonly string[] {
  if (isEndpoint(value)) return [`export const ${name} = ${JSON.stringify({ method: value.method, path: value.path })};`];
  return isPlainList(value) ? [`export const ${name} = ${JSON.stringify(value)};`] : [];
}

const isEndpoint = (value: unknown): value is { method: string; path: string } =>
  typeof value === "object" && value !== null && "method" in value && "path" in value && "answer" in value;

const isPlainList = (value: unknown): boolean =>
  ["string", "number"].includes(typeof value) || (Array.isArray(value) && value.every((each) => typeof each === "string"));
