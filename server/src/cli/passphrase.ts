// The passphrase of a backup: from a file, from the environment, or typed by the person at the terminal.
import { readFile } from "node:fs/promises";
import { isCancel, password } from "@clack/prompts";
import { shortestPassphrase } from "../platform/backup/secret.ts";
import { readConfig } from "../platform/config.ts";
import { Halt, haltUnless } from "../platform/halt.ts";

const tooShort = `A passphrase has at least ${shortestPassphrase} signs.`;

/** Asks for it where nothing else says it; twice where a slip would lock the file for ever. */
export async function readPassphrase(file: string | undefined, { twice }: { readonly twice: boolean }): Promise<string> {
  const given = file === undefined ? readConfig(process.env).BACKUP_PASSPHRASE : await readLine(file);
  if (given !== undefined) {
    haltUnless(given.length >= shortestPassphrase, tooShort);
    return given;
  }
  haltUnless(process.stdin.isTTY, "A backup is closed with a passphrase: give it with --passphrase-file or BACKUP_PASSPHRASE_FILE.");
  const typed = await ask("Passphrase of the backup");
  if (twice) haltUnless((await ask("The same once more")) === typed, "The two are not the same.");
  return typed;
}

const readLine = async (path: string): Promise<string> =>
  (
    await readFile(path, "utf8").catch((error: Error) => {
      throw new Halt(`The passphrase cannot be read: ${error.message}`);
    })
  ).trim();

async function ask(message: string): Promise<string> {
  const typed = await password({ message, validate: (text) => ((text ?? "").length < shortestPassphrase ? tooShort : undefined) });
  if (isCancel(typed)) throw new Halt("Nothing was done.");
  return typed;
}
