// What a person has a say by, in SQL: what of it ends when they leave, and what does not.
import type { Id } from "@partcommune/shared/platform/id";
import type { View } from "../../platform/scope.ts";
import { proxiesHeldBy } from "./ballots.ts";
import { seatsOf } from "./seats.ts";

export type Say = {
  /** Whether they hold a seat that members gave them, or wait for it. */
  readonly seat: boolean;
  /** How many others let them vote for them, where they have not yet. */
  readonly proxies: number;
  /** In how many votes they may cast now. */
  readonly votes: number;
};

export async function sayOf(view: Pick<View, "db">, person: Id): Promise<Say> {
  const { votes } = await view.db
    .selectFrom("governance.roll_entry as entry")
    .innerJoin("governance.vote as vote", "vote.id", "entry.vote")
    .select(({ fn }) => fn.countAll<bigint>().as("votes"))
    .where("entry.person", "=", person)
    .where("vote.state", "in", ["open", "extended"])
    .executeTakeFirstOrThrow();
  return {
    seat: (await seatsOf(view, "members")).some((seat) => seat.person === person),
    proxies: (await proxiesHeldBy(view, person)).length,
    votes: Number(votes),
  };
}
