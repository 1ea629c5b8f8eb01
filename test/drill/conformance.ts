// What a suite that nobody here wrote says of our actors: activitypub-testing, installed when it is asked for, beside the project and never into it.
import { spawnSync } from "node:child_process";
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { z } from "zod";
import { foundCoop } from "@partcommune/shared/governance/api";
import { atelierCommun } from "../support/founding.ts";
import { openCaller } from "./callers.ts";
import { openYard } from "./yard.ts";

const version = "0.16.1";
const folder = join(import.meta.dirname, "../../.cache/conformance");

/** The coop itself and its job board: who may be seen by anybody. */
const actors = ["actor", "jobs"];

const Assertion = z.object({
  test: z.object({ slug: z.string() }),
  result: z.object({ outcome: z.string(), info: z.string().optional() }),
});
type Assertion = z.output<typeof Assertion>;

/** What the suite found, or why it could not be asked. */
export type Conformance =
  | { readonly counts: Readonly<Record<string, number>>; readonly failed: readonly string[] }
  | { readonly why: string };

/** Asks the suite about each actor of a coop that stands on this computer. */
export async function conformance(): Promise<Conformance> {
  const why = install();
  if (why !== undefined) return { why };
  const yard = await openYard("conformance", { durable: true, outside: true });
  try {
    await openCaller(yard.origin, { intents: [], vanished: [], stopped: () => false }, "founder").act("found", foundCoop, atelierCommun);
    const seen: (readonly [actor: string, Assertion])[] = [];
    for (const actor of actors) for (const each of await assertionsOf(`${yard.origin}/${actor}`)) seen.push([actor, each]);
    return {
      counts: Object.fromEntries(
        Object.entries(Object.groupBy(seen, ([, { result }]) => result.outcome)).map(([outcome, all]) => [outcome, all?.length ?? 0]),
      ),
      failed: seen
        .filter(([, { result }]) => result.outcome === "failed")
        .map(([actor, { test, result }]) => `/${actor} ${test.slug}: ${result.info ?? ""}`),
    };
  } finally {
    await yard.close();
  }
}

/** Brings the suite, without running any script of it; why that did not work. */
function install(): string | undefined {
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, "package.json"), JSON.stringify({ private: true }));
  const words = ["install", "--ignore-scripts", "--no-audit", "--no-fund", "--prefer-offline", `activitypub-testing@${version}`];
  const { status, stderr } = spawnSync("npm", words, { cwd: folder, encoding: "utf8" });
  return status === 0 ? undefined : `activitypub-testing ${version} could not be installed: ${stderr.trim().split("\n")[0] ?? ""}`;
}

type Suite = { readonly ActorUrlTestRun: new (actor: URL, options: object) => AsyncIterable<unknown> };

async function assertionsOf(actor: string): Promise<readonly Assertion[]> {
  const entry = pathToFileURL(join(folder, "node_modules/activitypub-testing/src/test-actor.js"));
  const { ActorUrlTestRun } = (await import(entry.href)) as Suite;
  const quiet = { debug: () => undefined, warn: () => undefined, log: () => undefined };
  const all: Assertion[] = [];
  for await (const each of new ActorUrlTestRun(new URL(actor), { eachTestTimeLimit: "T5S", console: quiet }))
    all.push(Assertion.parse(each));
  return all;
}
