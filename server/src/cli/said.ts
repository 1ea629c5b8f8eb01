// Why a command could not be done, for who reads it on a terminal.
import { configFaults } from "../platform/config.ts";
import { Halt } from "../platform/halt.ts";
import { Refused } from "../platform/refused.ts";
import { refusalInWords } from "./line-faults.ts";

/** What is said of an error; of one that nobody foresaw, its own words. */
export const saidOf = (error: unknown): string =>
  error instanceof Halt ? error.message : error instanceof Refused ? refusalInWords(error) : configFaults(error);
