// Where the coop's secret lies on this machine, and where that of a restored coop goes.
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { readConfig } from "../platform/config.ts";
import { haltUnless } from "../platform/halt.ts";
import { ownSecretPath } from "../platform/own.ts";

/** The secret the server of this environment works with. A command never makes one: it would open nothing. */
export function serversSecret(): string | undefined {
  const { KEY_ENCRYPTION_KEY } = readConfig(process.env);
  return KEY_ENCRYPTION_KEY ?? (existsSync(ownSecretPath) ? readFileSync(ownSecretPath, "utf8").trim() : undefined);
}

export type Place = { readonly says: string; readonly keep: (secret: string) => Promise<void> };

/** Where a restored secret goes; stops before anything is done where another one lies there. */
export function placeFor(secret: string, wanted: string | undefined): Place {
  const { DATABASE_URL, KEY_ENCRYPTION_KEY } = readConfig(process.env);
  if (KEY_ENCRYPTION_KEY !== undefined) {
    haltUnless(
      KEY_ENCRYPTION_KEY === secret,
      "KEY_ENCRYPTION_KEY is set to another secret than the one in this backup. Unset it, and say with --secret-to where the right one goes.",
    );
    return { says: "KEY_ENCRYPTION_KEY is the coop's secret already.", keep: async () => undefined };
  }
  const path = wanted ?? (DATABASE_URL === undefined ? ownSecretPath : undefined);
  haltUnless(
    path !== undefined,
    "Say with --secret-to in which file the coop's secret goes; the server then reads it by KEY_ENCRYPTION_KEY_FILE.",
  );
  const there = existsSync(path) ? readFileSync(path, "utf8").trim() : undefined;
  haltUnless(
    there === undefined || there === secret,
    `${path} holds another secret. Move it to a safe place first: it opens what some other coop has sealed.`,
  );
  return {
    says:
      path === ownSecretPath
        ? `The coop's secret lies in ${path}, where npm start finds it.`
        : `The coop's secret lies in ${path}. Start the server with KEY_ENCRYPTION_KEY_FILE=${path}.`,
    keep: async () => {
      mkdirSync(dirname(path), { recursive: true, mode: 0o711 });
      if (there === undefined) writeFileSync(path, secret, { mode: 0o600, flag: "wx", flush: true });
    },
  };
}
