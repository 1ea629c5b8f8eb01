// A backup that is cut, changed, incomplete or not for this place is refused before anything is written, in a sentence.
import { createHash } from "node:crypto";
import { readFile, readdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { test, type Test } from "tap";
import { readPieces, type Piece } from "@partcommune/server/platform/backup/file";
import { verifyBackup } from "@partcommune/server/platform/backup/verify";
import { Halt } from "@partcommune/server/platform/halt";
import { coopIn } from "../support/cli.ts";
import { emptyDatabase } from "../support/database.ts";
import { backUp, folderFor, passphrase, restoreFrom, rewritten, secret, tablesIn } from "../support/safe.ts";
import { treasury, withIban, type Treasury } from "../support/treasury.ts";

const past = { now: "2026-06-01T09:00:00Z" };
const isPart = (name: string) => (piece: Piece) => piece.part === name;

/** The pieces with the bytes of one part changed. */
const changed =
  (name: string, change: (text: string) => string) =>
  (pieces: readonly Piece[]): readonly Piece[] =>
    pieces.map((piece) => (piece.part === name ? { ...piece, bytes: Buffer.from(change(piece.bytes.toString())) } : piece));

/** What a hand that knows the format might do: the file is a whole tar in a whole zstd, and lies. */
const hands: readonly (readonly [what: string, change: (pieces: readonly Piece[]) => readonly Piece[], says: RegExp])[] = [
  [
    "a table is gone",
    (pieces) => pieces.filter((piece) => !isPart("membership.person")(piece)),
    /membership\.person is not what was written/,
  ],
  ["a name is another", changed("membership.person", (text) => text.replace("Tess", "Bess")), /membership\.person is not what was written/],
  ["a row is there twice", changed("membership.role_grant", (text) => text + text), /role_grant is not what was written/],
  [
    "a table is another's",
    (pieces) => pieces.map((piece) => (piece.part === "platform.fact" ? { ...piece, part: "money.series" } : piece)),
    /is not what was written/,
  ],
  [
    "there is a part too many",
    (pieces) => [{ part: "money.gift", bytes: Buffer.from("1\\n") }, ...pieces],
    /holds money\.gift, which its manifest does not name/,
  ],
  [
    "the manifest is rewritten",
    changed("manifest.json", (text) => text.replace("Atelier Commun", "Atelier Pirate")),
    /does not open|somebody has changed the file/,
  ],
  ["the manifest is gone", (pieces) => pieces.filter((piece) => !isPart("manifest.json")(piece)), /last pages are missing/],
  ["the secret is gone", (pieces) => pieces.filter((piece) => !isPart("secret.json")(piece)), /last pages are missing/],
  [
    "the secret is another",
    changed("secret.json", (text) => text.replace(/"sealed":"(.)/, (_, first) => `"sealed":"${first === "-" ? "_" : "-"}`)),
    /does not open|somebody has changed/,
  ],
  ["the secret is no JSON", changed("secret.json", () => "sesame"), /somebody has changed/],
  ["it holds nothing", () => [], /last pages are missing/],
];

test("a backup of a coop", async (t) => {
  const stage = await treasury(t, past);
  await withIban(stage);
  const folder = await folderFor(t);
  const kept = await backUp(stage.coop.url, join(folder, "whole"));
  t.equal(kept.code, 0, kept.error);
  await t.test("is found damaged by reading it, whatever was done to it", (part) => hostileFiles(part, folder));
  await t.test("is not restored where it cannot be, and nothing is written", (part) => refusedRestores(part, folder, stage));
  await t.test("is not made where it would be worth nothing", (part) => refusedBackups(part, stage));
});

async function hostileFiles(t: Test, folder: string): Promise<void> {
  const path = (name: string): string => join(folder, name);
  const file = path("whole");
  const bytes = await readFile(file);
  t.match(await verifyBackup(file, passphrase), { secret }, "the whole one is well");

  for (const [what, change, says] of hands)
    await t.rejects(verifyBackup(await rewritten(file, path(what), change), passphrase), { message: says }, what);

  for (let part = 0; part < 12; part += 1) {
    const length = part === 11 ? bytes.length - 1 : Math.floor((bytes.length * part) / 11);
    await writeFile(path("cut"), bytes.subarray(0, length));
    await t.rejects(
      verifyBackup(path("cut"), passphrase),
      { message: /cut (cannot be read whole|ends before its end)/ },
      `cut after ${length} bytes`,
    );
  }
  for (let at = 0; at < 16; at += 1) {
    const flipped = Buffer.from(bytes);
    const byte = Math.floor((bytes.length * at) / 16);
    flipped.writeUInt8(flipped.readUInt8(byte) ^ (1 << (at % 8)), byte);
    await writeFile(path("flipped"), flipped);
    t.ok(await refusedOrTheSame(path("flipped"), file), `a bit of byte ${byte} is another`);
  }
  await writeFile(path("more"), Buffer.concat([bytes, Buffer.from("more")]));
  await t.rejects(verifyBackup(path("more"), passphrase), { message: /something follows its end/ });
  await writeFile(path("no backup"), "a shopping list");
  await t.rejects(verifyBackup(path("no backup"), passphrase), { message: /no backup cannot be read whole/ });
  await t.rejects(verifyBackup(folder, passphrase), { message: /cannot be read whole/ });
}

/** Some bits of a compressed file say nothing: a file in which one of them is another reads as before, byte for byte. */
async function refusedOrTheSame(damaged: string, file: string): Promise<boolean> {
  const refused = await verifyBackup(damaged, passphrase).then(
    () => false,
    (error: unknown) => error instanceof Halt,
  );
  return refused || (await digestOf(damaged)) === (await digestOf(file));
}

async function digestOf(file: string): Promise<string> {
  const whole = createHash("sha256");
  for await (const { part, bytes } of readPieces(file)) whole.update(`${part} ${bytes.length} `).update(bytes);
  return whole.digest("hex");
}

async function refusedRestores(t: Test, folder: string, stage: Treasury): Promise<void> {
  const path = (name: string): string => join(folder, name);
  const file = path("whole");
  await rewritten(file, path("gone"), (pieces) => pieces.filter((piece) => !isPart("platform.fact")(piece)));
  await writeFile(path("other key"), Buffer.alloc(32, 9).toString("base64url"));
  const url = await emptyDatabase(t);

  const tries: readonly (readonly [what: string, said: ReturnType<typeof coopIn>, says: RegExp])[] = [
    [
      "another passphrase",
      restoreFrom(url, file, path("key"), { BACKUP_PASSPHRASE: "quatre canards au bord" }),
      /This passphrase does not open/,
    ],
    ["a part is missing", restoreFrom(url, path("gone"), path("key")), /platform\.fact is not what was written/],
    ["no file", restoreFrom(url, path("nowhere"), path("key")), /ENOENT/],
    ["another secret lies there", restoreFrom(url, file, path("other key")), /holds another secret/],
    [
      "another secret is set",
      restoreFrom(url, file, path("key"), { KEY_ENCRYPTION_KEY: Buffer.alloc(32, 9).toString("base64url") }),
      /set to another secret/,
    ],
    ["nowhere for the secret", coopIn({ DATABASE_URL: url, BACKUP_PASSPHRASE: passphrase }, "restore", file), /Say with --secret-to/],
    ["nobody at the terminal", coopIn({ DATABASE_URL: url }, "restore", file, "--secret-to", path("key")), /closed with a passphrase/],
    ["a coop lives there", restoreFrom(stage.coop.url, file, path("key")), /A coop lives in this database/],
  ];
  for (const [what, said, says] of tries) {
    const { code, error } = await said;
    t.equal(code, 1, what);
    t.match(error, says, what);
    t.equal(error.trim().split("\n").length, 1, `${what}: one sentence`);
  }
  t.equal(await tablesIn(url), 0, "not one table was made");
  t.notOk((await readdir(folder)).includes("key"));
}

async function refusedBackups(t: Test, stage: Treasury): Promise<void> {
  const folder = await folderFor(t);
  const path = (name: string): string => join(folder, name);
  await writeFile(path("there"), "something dear");
  const tries: readonly (readonly [what: string, said: ReturnType<typeof coopIn>, says: RegExp])[] = [
    [
      "another secret",
      backUp(stage.coop.url, path("a"), { KEY_ENCRYPTION_KEY: Buffer.alloc(32, 9).toString("base64url") }),
      /does not open what this coop has sealed/,
    ],
    ["a short passphrase", backUp(stage.coop.url, path("b"), { BACKUP_PASSPHRASE: "canard" }), /BACKUP_PASSPHRASE/],
    ["an empty database", backUp(await emptyDatabase(t), path("c")), /holds no coop/],
    ["a file that is there", backUp(stage.coop.url, path("there")), /is there already/],
    ["a folder that is not", backUp(stage.coop.url, path("not/there")), /ENOENT/],
  ];
  for (const [what, said, says] of tries) {
    const { code, error } = await said;
    t.equal(code, 1, what);
    t.match(error, says, what);
  }
  t.equal(await readFile(path("there"), "utf8"), "something dear");
  t.same(await readdir(folder), ["there"], "nothing half made is left");
}
