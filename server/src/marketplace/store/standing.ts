// Where an engagement stands, for whoever tells another coop of it, in SQL.
import type { EngagementState, Parties } from "@partcommune/shared/marketplace/rules/engagement";
import type { Id } from "@partcommune/shared/platform/id";
import { isBefore } from "@partcommune/shared/platform/time";
import type { View } from "../../platform/scope.ts";

/** The two sides of an engagement and where it stands, for whoever has the right to know. */
export async function standingOf({ db, now }: Pick<View, "db" | "now">, id: Id): Promise<Standing | undefined> {
  const row = await db
    .selectFrom("marketplace.engagement as engagement")
    .select(["client", "member", "team", "state", "cancelled_because", "cancel_asked_because", "cancel_stands_until", "client_signed_at"])
    .select(({ exists, selectFrom }) =>
      exists(
        selectFrom("marketplace.milestone as milestone")
          .select("milestone.id")
          .whereRef("milestone.engagement", "=", "engagement.id")
          .where("handed_in_at", "is not", null),
      ).as("handedIn"),
    )
    .where("engagement.id", "=", id)
    .executeTakeFirst();
  if (!row) return undefined;
  const {
    cancelled_because: because,
    cancel_asked_because: askedBecause,
    cancel_stands_until: until,
    client_signed_at: signed,
    state,
    handedIn,
    ...parties
  } = row;
  return {
    ...parties,
    state: state as EngagementState,
    clientSigned: signed !== null,
    handedIn: handedIn === true,
    asked: until !== null && isBefore(now, until),
    because: because ?? askedBecause ?? undefined,
  };
}

type Standing = Parties & {
  readonly state: EngagementState;
  readonly clientSigned: boolean;
  readonly handedIn: boolean;
  /** Whether one side has asked the other to end it, and that still stands. */
  readonly asked: boolean;
  readonly because: string | undefined;
};
