// Lays a brotli and a gzip file beside every built text file, so that the server never compresses an asset while someone waits.
import { readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { brotliCompress, constants, gzip } from "node:zlib";
import type { Plugin } from "vite";

const text = /\.(js|css|svg|json|webmanifest|txt)$/;

export function compress(): Plugin {
  let folder = "";
  return {
    name: "partcommune-compress",
    apply: ({ build }, { command }) => command === "build" && !build?.ssr,
    configResolved: ({ root, build }) => void (folder = join(root, build.outDir)),
    closeBundle: { order: "post", sequential: true, handler: () => compressAll(folder) },
  };
}

async function compressAll(folder: string): Promise<void> {
  const files = await readdir(folder, { recursive: true });
  await Promise.all(files.filter((name) => text.test(name)).map((name) => compressOne(join(folder, name))));
}

async function compressOne(path: string): Promise<void> {
  const whole = await readFile(path);
  const params = { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_SIZE_HINT]: whole.length };
  const [br, gz] = await Promise.all([promisify(brotliCompress)(whole, { params }), promisify(gzip)(whole, { level: 9 })]);
  await Promise.all([writeFile(`${path}.br`, br), writeFile(`${path}.gz`, gz)]);
}
