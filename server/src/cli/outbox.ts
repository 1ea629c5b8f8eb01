// The letters that wait where no mail server is set: the code to sign in with is in one of them.
import { waitingLetters } from "../platform/letters.ts";
import { reading } from "./database.ts";

export async function outbox(): Promise<void> {
  const letters = await reading("app", waitingLetters);
  for (const { to, subject, text, at } of letters) console.log(`${at}  ${to}\n${subject}\n\n${text}\n`);
  if (letters.length === 0) console.log("No letter waits.");
}
