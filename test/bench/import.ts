// How long a list of skills takes to read in, against parsing it and a bare COPY of the same rows into tables of the same shape.
import { execFile } from "node:child_process";
import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { performance } from "node:perf_hooks";
import { promisify } from "node:util";
import { z } from "zod";
import { lend, queues } from "@partcommune/server/app";
import { importEsco, readEsco, type Imported } from "@partcommune/server/marketplace/index";
import { kyselyOn, openPool } from "@partcommune/server/platform/database";
import { keysFrom } from "@partcommune/server/platform/keys";
import { migrate } from "@partcommune/server/platform/migrate";
import { performing } from "@partcommune/server/platform/perform";
import { startPostgres } from "@partcommune/server/platform/postgres";
import { openVirtual } from "@partcommune/server/platform/queue/virtual";
import { nothingReached, realClock, realPause, realRandom } from "@partcommune/server/platform/world";
import { operator } from "@partcommune/shared/platform/actor";
import { asAdmin, databaseAt } from "../support/postgres.ts";
import { postgresProgram } from "./pgbench.ts";
import type { Bench, Round } from "./run.ts";

const run = promisify(execFile);
const rounds = Number(process.env["BENCH_ROUNDS"] ?? 7);
const titles = 13_000;
const quiet = (): void => undefined;

/** A list of made-up titles with names in four languages and two others each. */
function listOf(count: number): string {
  const folder = mkdtempSync(join(tmpdir(), "list-"));
  const rows = Array.from({ length: count }, (_, at) => {
    const id = `a0000000-0000-4000-8000-${String(at).padStart(12, "0")}`;
    const names = ["en", "fr", "nl", "es"].flatMap((language) => [
      `${language} maker of part ${at}`,
      `${language} part ${at} maker|${language} worker on part ${at}`,
    ]);
    return [id, "7318", ...names].join(",");
  });
  writeFileSync(join(folder, "titles.csv"), ["uri,isco,en,en_alt,fr,fr_alt,nl,nl_alt,es,es_alt", ...rows].join("\n"));
  return folder;
}

const verb = { name: "import esco", input: z.strictObject({ source: z.literal("esco") }), answer: z.custom<Imported>(), status: 200 };

async function ours(url: string, folder: string): Promise<number> {
  const db = kyselyOn(openPool(url, "app", 1, quiet));
  const world = { clock: realClock, random: realRandom, pause: realPause, databaseUrl: url, queue: openVirtual(), reach: nothingReached };
  const hints = { give: quiet, hear: () => quiet, close: async () => undefined };
  const perform = performing({ world, db, keys: keysFrom(realRandom(32)), origin: "", hints, lend, listenersOf: () => [] });
  const begun = performance.now();
  const { concepts, links } = await readEsco(folder, quiet);
  await perform(operator, verb, importEsco({ concepts, links }, false, quiet), { source: "esco" }, { key: "bench", cause: "bench" });
  const took = performance.now() - begun;
  await db.destroy();
  return took;
}

async function peer(url: string, folder: string): Promise<number> {
  const tables =
    "create table bare_skill (like marketplace.skill including all); create table bare_label (like marketplace.skill_label including all)";
  await asAdmin(url, async (client) => client.query(tables));
  const { concepts } = await readEsco(folder, quiet);
  const ids = new Map([...concepts.keys()].map((iri, at) => [iri, `00000000-0000-7000-8000-${String(at).padStart(12, "0")}`]));
  const skills = Array.from(concepts.values(), ({ iri, kind }) => [ids.get(iri), iri, kind, "esco"].join("\t"));
  const labels = Array.from(concepts.values(), ({ iri, labels: of }) =>
    Array.from(of.values(), ({ language, kind, label }) => [ids.get(iri), language, kind, label].join("\t")),
  );
  writeFileSync(join(folder, "skill.tsv"), `${skills.join("\n")}\n`);
  writeFileSync(join(folder, "label.tsv"), `${labels.flat().join("\n")}\n`);
  const begun = performance.now();
  await readEsco(folder, quiet);
  const copies = ["bare_skill (id, iri, kind, source) from", "bare_label (skill, language, kind, label) from"];
  const files = ["skill.tsv", "label.tsv"].map((name) => join(folder, name));
  await run(postgresProgram("psql"), [url, "-q", "-1", ...copies.flatMap((copy, at) => ["-c", `\\copy ${copy} '${files[at]}'`])]);
  return performance.now() - begun;
}

async function* importing(): AsyncIterable<Round> {
  const server = await startPostgres(join(import.meta.dirname, "../../.data/bench"));
  const [folder, fresh, url] = [listOf(titles), "bench_list_template", databaseAt(server.url, "bench_list")];
  const anew = async (name: string, how: string): Promise<void> =>
    asAdmin(server.url, async (client) => {
      await client.query(`drop database if exists ${name} with (force)`);
      await client.query(`create database ${name} ${how}`);
    });
  try {
    await anew(fresh, "");
    await migrate(databaseAt(server.url, fresh), queues);
    for (let round = 0; round < rounds; round += 1) {
      await anew("bench_list", `template ${fresh}`);
      const imported = await ours(url, folder);
      await anew("bench_list", `template ${fresh}`);
      yield { ours: imported, peer: await peer(url, folder) };
    }
  } finally {
    await server.stop();
  }
}

export const importBenches: readonly Bench[] = [
  {
    name: "import",
    unit: " ms",
    peer: `parsing and a bare COPY of ${titles} titles with 12 names each (lower is better)`,
    rounds: importing,
  },
];
