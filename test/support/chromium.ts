// A real Chromium: the one CHROME_PATH names, else the one from npm, unpacked once under .cache.
import { existsSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";

const folder = join(import.meta.dirname, "../../.cache/browser");

/** What a child process needs in its environment to start the browser. */
export async function chromiumEnvironment(): Promise<Readonly<Record<string, string>>> {
  const named = process.env["CHROME_PATH"];
  if (named) {
    if (!existsSync(named)) throw new Error(`CHROME_PATH names ${named}, which is not there`);
    return { CHROME_PATH: named };
  }
  if (process.platform !== "linux" || process.arch !== "x64")
    throw new Error("No browser for the tests here: set CHROME_PATH to a Chromium or Chrome.");
  mkdirSync(folder, { recursive: true });
  // The package unpacks into the temp folder, takes whatever it finds there, and brings its libraries only to who claims this runtime.
  Object.assign(process.env, { TMPDIR: folder, AWS_LAMBDA_JS_RUNTIME: "nodejs24.x" });
  const { default: chromium } = (await import("@sparticuz/chromium")) as { default: { executablePath: () => Promise<string> } };
  const path = await chromium.executablePath();
  return { CHROME_PATH: path, LD_LIBRARY_PATH: process.env["LD_LIBRARY_PATH"] ?? "", FONTCONFIG_FILE: fontsHere() };
}

/** The package's own font list looks under /tmp; without any font Chromium dies at the first letter our web fonts lack. */
function fontsHere(): string {
  const file = join(folder, "fonts.conf");
  writeFileSync(
    file,
    `<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd"><fontconfig><dir>${join(folder, "fonts")}</dir><cachedir>${join(folder, "font-cache")}</cachedir></fontconfig>`,
  );
  return file;
}
