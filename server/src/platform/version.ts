// Which version of the software this is.
import { readFileSync } from "node:fs";
import { join } from "node:path";

const whole = JSON.parse(readFileSync(join(import.meta.dirname, "../../../package.json"), "utf8")) as { readonly version: string };

export const { version } = whole;
