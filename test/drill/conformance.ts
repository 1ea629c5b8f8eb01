// What a suite that nobody here wrote says of our actors: activitypub-testing, installed when it is asked for, beside the project and never into it.
import { spawnSync } from "node:child_process";
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { z } from "zod";
import { foundCoop } from "@partcommune/shared/governance/api";
import { admitMember, applyAsMember, foundClient } from "@partcommune/shared/membership/api";
import { saveProfile } from "@partcommune/shared/membership/api/directory";
import { atelierCommun } from "../support/founding.ts";
import { organisation } from "../support/people.ts";
import { joined } from "./acts.ts";
import { openCaller, type Crowd } from "./callers.ts";
import { giveKeys } from "./speaking.ts";
import { openYard, type Yard } from "./yard.ts";

const version = "0.16.1";
const folder = join(import.meta.dirname, "../../.cache/conformance");

const crowd: Crowd = { intents: [], vanished: [], stopped: () => false };

/** Everybody of a coop whom others may look up: the coop itself, its job board, a member with a public page, one without, and a client. */
async function actorsOf(yard: Yard): Promise<readonly string[]> {
  const founder = openCaller(yard.origin, crowd, "founder");
  await founder.act("found", foundCoop, atelierCommun);
  const member = async (name: string) => {
    const caller = await joined(yard, crowd, name);
    const made = await caller.act("apply", applyAsMember, { status: "invoiced", trade: "translation" });
    await founder.act("admit", admitMember, { member: made?.id ?? "" });
    return { caller, id: made?.id ?? "" };
  };
  const [anna, ben] = [await member("anna"), await member("ben")];
  const page = { headline: "Posters", about: "I draw.", languages: ["fr"], places: [], shown: true };
  await anna.caller.act("page", saveProfile, { handle: "anna", ...page });
  const client = await ben.caller.act("client", foundClient, organisation);
  const people = ["members/anna", `members/${ben.id}`, `clients/${client?.id}`];
  const desk = openCaller(yard.desk, crowd, "desk");
  for (const actor of people) await desk.act("keys", giveKeys, { actor });
  return ["actor", "jobs", ...people];
}

const Assertion = z.object({
  test: z.object({ slug: z.string() }),
  result: z.object({ outcome: z.string(), info: z.string().optional() }),
});
type Assertion = z.output<typeof Assertion>;

/** What the suite found, or why it could not be asked. */
export type Conformance =
  | { readonly actors: number; readonly counts: Readonly<Record<string, number>>; readonly failed: readonly string[] }
  | { readonly why: string };

type Seen = readonly [actor: string, assertion: Assertion];

/** Of who is not there the suite finds nothing wrong: it has to say of each that it has what every actor has. */
const isMet = (actor: string, [of, { test, result }]: Seen): boolean =>
  of === actor && test.slug === "actor-objects-must-have-inbox-outbox-properties" && result.outcome === "passed";

/** Asks the suite about each actor of a coop that stands on this computer. */
export async function conformance(): Promise<Conformance> {
  const why = install();
  if (why !== undefined) return { why };
  const yard = await openYard("conformance", { durable: true, outside: true });
  try {
    const actors = await actorsOf(yard);
    const seen: Seen[] = [];
    for (const actor of actors) for (const each of await assertionsOf(`${yard.origin}/${actor}`)) seen.push([actor, each]);
    return {
      actors: actors.length,
      counts: Object.fromEntries(
        Object.entries(Object.groupBy(seen, ([, { result }]) => result.outcome)).map(([outcome, all]) => [outcome, all?.length ?? 0]),
      ),
      failed: [
        ...actors.filter((actor) => !seen.some((one) => isMet(actor, one))).map((actor) => `/${actor} was not met`),
        ...seen
          .filter(([, { result }]) => result.outcome === "failed")
          .map(([actor, { test, result }]) => `/${actor} ${test.slug}: ${result.info ?? ""}`),
      ],
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
