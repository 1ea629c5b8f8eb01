// The built pages: made when their sources changed, read by their manifest, served compressed and for a year.
import { execFile } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import fastifyStatic from "@fastify/static";
import type { FastifyInstance } from "fastify";
import type { Assets } from "@partcommune/shared/platform/page";

const root = join(import.meta.dirname, "../../..");
const web = join(root, "web");
const built = join(web, "dist");
const stamp = join(built, "stamp");

/** Builds the pages unless what stands was built from just these sources. */
export async function buildWebIfStale(): Promise<void> {
  const wanted = await hashOfSources();
  if (existsSync(stamp) && readFileSync(stamp, "utf8") === wanted) return;
  await promisify(execFile)(process.execPath, ["--run", "build"], { cwd: web, maxBuffer: 16_777_216 });
  writeFileSync(stamp, wanted);
}

async function hashOfSources(): Promise<string> {
  const lists = await Promise.all(
    [join(web, "src"), join(web, "build"), join(root, "shared/src")].map((folder) =>
      readdir(folder, { recursive: true, withFileTypes: true }),
    ),
  );
  const files = lists.flat().flatMap((entry) => (entry.isFile() ? [join(entry.parentPath, entry.name)] : []));
  const hash = createHash("sha256");
  for (const file of [...files, join(web, "vite.config.ts"), join(web, "lingui.config.ts"), join(root, "pnpm-lock.yaml")].toSorted())
    hash.update(file).update(await readFile(file));
  return hash.digest("hex");
}

export const builtRenderer = (): string => join(built, "server/server.js");

export const builtAssets = (): Assets => ({
  manifest: JSON.parse(readFileSync(join(built, "client/.vite/manifest.json"), "utf8")) as Record<string, unknown>,
  development: false,
});

/** Hashed files never change: a reader keeps them a year. The service worker keeps its name, so a browser asks for it anew. */
export async function serveAssets(app: FastifyInstance): Promise<void> {
  const yearMs = 31_536_000_000;
  await app.register(fastifyStatic, {
    root: join(built, "client/assets"),
    prefix: "/assets/",
    preCompressed: true,
    immutable: true,
    maxAge: yearMs,
    index: false,
    decorateReply: false,
  });
  const worker = readFileSync(join(built, "client/sw.js"));
  app.get("/sw.js", async (_, reply) => reply.type("text/javascript; charset=utf-8").header("cache-control", "no-cache").send(worker));
}
