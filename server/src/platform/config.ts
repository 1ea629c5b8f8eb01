// What the environment sets, read once; every fault is named at once.
import { readFileSync } from "node:fs";
import { z } from "zod";
import { shortestPassphrase } from "./backup/secret.ts";

const list = z.string().transform((text) =>
  text
    .split(",")
    .map((part) => part.trim())
    .filter((part) => part !== ""),
);

const Config = z.object({
  DATABASE_URL: z.string().startsWith("postgres").optional(),
  DATABASE_OWNER_URL: z.string().startsWith("postgres").optional(),
  DEMO_DATABASE_URL: z.string().startsWith("postgres").optional(),
  PUBLIC_URL: z.url({ protocol: /^https?$/ }).optional(),
  HOST: z.string().default("127.0.0.1"),
  PORT: z.coerce.number().int().min(0).max(65_535).default(4100),
  TRUSTED_PROXIES: list.default([]),
  KEY_ENCRYPTION_KEY: z.base64url().min(43).optional(),
  BACKUP_PASSPHRASE: z.string().min(shortestPassphrase).optional(),
  MAIL_URL: z.string().startsWith("smtp").optional(),
  MAIL_FROM: z.string().optional(),
  PUSH_SERVICES: list
    .pipe(
      z.array(
        z.url({ protocol: /^https?$/ }).refine((text) => URL.parse(text)?.origin === text, "scheme and host alone, https://push.example"),
      ),
    )
    .default([]),
  FEDERATION_ALLOW_PRIVATE: z.stringbool().default(false),
  ROLES: list.pipe(z.array(z.enum(["web", "work", "clock"]))).default(["web", "work", "clock"]),
  POOL_SIZE: z.coerce.number().int().min(2).max(200).default(16),
  LOG_LEVEL: z.enum(["fatal", "error", "warn", "info", "debug", "trace", "silent"]).default("info"),
});

/** Every name the environment may set; docs/operate.md says what each does. */
export const configNames: readonly string[] = Object.keys(Config.shape);

export type Config = z.output<typeof Config>;

/** Reads the configuration; any name may end in `_FILE` and then names a file that holds the value. */
export function readConfig(environment: Readonly<Record<string, string | undefined>>): Config {
  const named = configNames.map((name) => [name, environment[name] ?? fromFile(environment[`${name}_FILE`])] as const);
  return whole(environment).parse(Object.fromEntries(named.filter(([, value]) => value !== undefined && value !== "")));
}

/** Coops that try each other out on one machine may call it; one that keeps real books may not. */
const whole = ({ NODE_ENV }: Readonly<Record<string, string | undefined>>) =>
  Config.refine(
    ({ FEDERATION_ALLOW_PRIVATE: allowed, DATABASE_URL: url }) => !allowed || (url === undefined && NODE_ENV !== "production"),
    {
      path: ["FEDERATION_ALLOW_PRIVATE"],
      message: "is for coops that try each other out, with databases of their own: not with DATABASE_URL, and not in production",
    },
  );

const fromFile = (path: string | undefined): string | undefined => (path ? readFileSync(path, "utf8").trim() : undefined);

/** The faults of a configuration as lines for an operator. */
export const configFaults = (error: unknown): string => (error instanceof z.ZodError ? z.prettifyError(error) : String(error));
