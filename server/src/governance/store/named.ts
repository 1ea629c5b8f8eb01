// What a payload names besides bylaws: a seat that is held.
import type { Payload } from "@partcommune/shared/governance/rules/proposal";
import type { Named } from "@partcommune/shared/governance/rules/writing";
import type { View } from "../../platform/scope.ts";

/** The things a payload names, as far as they exist. */
export async function namedIn({ db }: Pick<View, "db">, payload: Payload): Promise<Named> {
  if (payload.kind !== "recall") return {};
  const seat = await db
    .selectFrom("governance.seat")
    .select("id")
    .where("id", "=", payload.seat)
    .where("ended_at", "is", null)
    .executeTakeFirst();
  return { seat: seat?.id };
}
