// Letters to the two sides of an engagement: to everyone who may bind the client, and to each who does the work.
import type { Parties, Word } from "@partcommune/shared/marketplace/rules/engagement";
import type { Day } from "@partcommune/shared/platform/time";
import { addressesOfApprovers, addressOf, memberCard } from "../../membership/index.ts";
import { dayInWords, writeLetter } from "../../platform/letters.ts";
import { found } from "../../platform/refused.ts";
import { viewOf, type Scope } from "../../platform/scope.ts";

export type ToSides = {
  readonly kind: string;
  /** Whoever caused the letter needs none. */
  readonly except?: Word | undefined;
  /** The last day on which they can answer. */
  readonly day: Day;
  readonly params: Readonly<Record<string, string>>;
};

/** Writes to both sides but to whoever knows already: nobody learns of a limit by chance. */
export async function writeToSides(scope: Scope, { client, team }: Parties, { kind, except, day, params }: ToSides): Promise<void> {
  const view = viewOf(scope);
  const clients = except === "client" ? [] : await addressesOfApprovers(view, client);
  const workers = [];
  for (const member of team) {
    const card = member === except ? undefined : await memberCard(view, member);
    if (card) workers.push(found(await addressOf(view, card.person))); // a sister's member is told by their own coop
  }
  for (const { email, language } of [...clients, ...workers])
    await writeLetter(scope, { to: email, language, kind, params: { ...params, day: dayInWords(day, language) } });
}
