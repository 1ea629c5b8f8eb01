// Is all well with this coop, its database and its machine? One line for each finding.
import { dirname } from "node:path";
import { calendars } from "../membership/index.ts";
import { book } from "../money/index.ts";
import { database, reach } from "../platform/doctor/database.ts";
import { examine, found, type Told } from "../platform/doctor/examination.ts";
import { surroundings } from "../platform/doctor/surroundings.ts";
import { work } from "../platform/doctor/work.ts";
import { readConfig } from "../platform/config.ts";
import { ownSecretPath } from "../platform/own.ts";
import { realClock } from "../platform/world.ts";
import { asking } from "./database.ts";
import { somethingFound } from "./ends.ts";
import { proofs } from "./proofs.ts";
import { serversSecret } from "./secret.ts";

const examinations = [...surroundings, ...database, ...calendars, ...book, ...work];

/** Prints what was found; what is only noted does not change how it ends. */
export async function doctor({ json }: { readonly json?: boolean }): Promise<void> {
  const told = await lookAtAll();
  const grave = told.filter(({ noted }) => !noted).length;
  if (json) console.log(JSON.stringify(told, undefined, 1));
  else {
    for (const { matter, says, noted } of told) console.log(`${noted ? "note " : "FOUND"}  ${matter}: ${says}`);
    console.log(
      `${examinations.length} matters looked at, ${grave === 0 ? "all well" : `${grave} ${grave === 1 ? "finding" : "findings"}`}`,
    );
  }
  if (grave > 0) process.exitCode = somethingFound;
}

async function lookAtAll(): Promise<readonly Told[]> {
  const config = readConfig(process.env);
  const folder = config.DATABASE_URL === undefined ? dirname(ownSecretPath) : process.cwd();
  const patient = { config, clock: realClock, now: realClock(), secret: serversSecret(), proofs, folder };
  return asking("app", async (db) => {
    const away = await reach(db).then(
      () => undefined,
      (error: unknown) => found(`The database gives no answer: ${reasonOf(error)}`),
    );
    return away ? [{ matter: "database", ...away }] : examine({ ...patient, db }, examinations);
  });
}

const reasonOf = (error: unknown): string => (error instanceof AggregateError ? error.errors.map(String).join("; ") : String(error));
