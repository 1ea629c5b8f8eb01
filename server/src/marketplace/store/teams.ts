// Teams in SQL: who does which part of an engagement, and who has signed its quote.
import { missingWords, wordOf, type Parties, type Word } from "@partcommune/shared/marketplace/rules/engagement";
import type { Status } from "@partcommune/shared/membership/rules";
import { isEmployed } from "@partcommune/shared/membership/rules/employment";
import type { TeamPart } from "@partcommune/shared/money/rules/legs";
import type { Actor } from "@partcommune/shared/platform/actor";
import { splitByParts } from "@partcommune/shared/money/rules/split";
import type { Money } from "@partcommune/shared/platform/money";
import type { Id } from "@partcommune/shared/platform/id";
import type { Instant } from "@partcommune/shared/platform/time";
import type { Scope, View } from "../../platform/scope.ts";
import type { Part } from "./bid-parts.ts";

/** Saves who does which part of an engagement. */
export const saveEngagementParts = ({ tx }: Scope, engagement: Id, parts: readonly Part[]): Promise<unknown> =>
  tx
    .insertInto("marketplace.engagement_part")
    .values(
      parts.map(({ member, amount, ppm }, at) => ({
        engagement,
        number: at + 1,
        member,
        share_ppm: ppm ?? null,
        weight: amount.minor,
        amount_minor: amount.minor,
      })),
    )
    .execute();

/** In which proportion the price of every milestone is shared out, and into which budgets. */
export async function weightsOf({ db }: Pick<View, "db">, engagement: Id): Promise<readonly [TeamPart, ...TeamPart[]]> {
  const rows = await db
    .selectFrom("marketplace.engagement_part")
    .select(["member", "weight as part", "into_budget"])
    .where("engagement", "=", engagement)
    .orderBy("number")
    .execute();
  const [lead, ...others] = rows.map(({ into_budget: into, ...part }) => ({ ...part, into: into ?? undefined }));
  if (!lead) throw new Error("an engagement has a part for whoever does it");
  return [lead, ...others];
}

export type Teammate = {
  readonly number: number;
  readonly member: Id;
  /** None of a member of another coop. */
  readonly person: Id | undefined;
  readonly name: string;
  readonly minor: bigint;
  readonly signedAt: Instant | null;
  /** The budget it goes into; null: the first. */
  readonly into: Id | null;
};

/** Who does an engagement, in the order of their parts. Whoever asks has the right to see it. */
export async function teamOf({ db }: Pick<View, "db">, engagement: Id): Promise<readonly Teammate[]> {
  const rows = await db
    .selectFrom("marketplace.engagement_part as part")
    .innerJoin("membership.member_card as card", "card.id", "part.member")
    .select(["part.number", "part.member", "part.amount_minor as minor", "part.signed_at as signedAt", "card.name", "card.person"])
    .select("part.into_budget as into")
    .where("part.engagement", "=", engagement)
    .orderBy("part.number")
    .execute();
  return rows.map(({ name, person, ...row }) => ({ ...row, name: name ?? "", person: person ?? undefined }));
}

/** Keeps a member's signature under a quote. True for exactly one caller. */
export async function signEngagementPart({ tx, now }: Scope, engagement: Id, member: Id): Promise<boolean> {
  const signed = await tx
    .updateTable("marketplace.engagement_part")
    .set({ signed_at: now })
    .where("engagement", "=", engagement)
    .where("member", "=", member)
    .where("signed_at", "is", null)
    .executeTakeFirst();
  return signed.numUpdatedRows === 1n;
}

/** Voids the signatures of those who do the work: all are asked again. */
export async function voidSignatures({ tx }: Scope, engagement: Id): Promise<void> {
  await tx.updateTable("marketplace.engagement_part").set({ signed_at: null }).where("engagement", "=", engagement).execute();
}

/** Who of a team has signed a quote. */
export async function signersOf({ db }: Pick<View, "db">, engagement: Id): Promise<readonly Id[]> {
  const rows = await db
    .selectFrom("marketplace.engagement_part")
    .select("member")
    .where("engagement", "=", engagement)
    .where("signed_at", "is not", null)
    .orderBy("number")
    .execute();
  return rows.map(({ member }) => member);
}

/** Keeps what one of a team adds to what its lead will hand in; its id. */
export async function savePartAdded({ tx, now, id: newId }: Scope, milestone: Id, member: Id, text: string): Promise<Id> {
  const id = newId();
  await tx.insertInto("marketplace.part_added").values({ id, milestone, member, at: now, text }).execute();
  return id;
}

/** What these members are called. */
export async function namesOf({ db }: Pick<View, "db">, members: readonly Id[]): Promise<ReadonlyMap<string, string>> {
  if (members.length === 0) return new Map();
  const rows = await db.selectFrom("membership.member_card").select(["id", "name"]).where("id", "in", members).execute();
  return new Map(rows.map(({ id, name }) => [id ?? "", name ?? ""]));
}

/** Whose word is missing, as a person is told: the names of a team's people, and whether the reader's own word is the last one. */
export function missingAs(
  actor: Actor,
  parties: Pick<Parties, "client" | "team">,
  given: readonly Word[],
  names: ReadonlyMap<string, string>,
): { readonly missing: string[]; readonly last: boolean } {
  const words = missingWords(parties, given);
  const own = wordOf(actor, parties);
  return {
    missing: parties.team.length > 1 ? words.flatMap((word) => names.get(word) ?? []) : [],
    last: own !== undefined && words.length === 1 && words.includes(own),
  };
}

/** What each part comes to of a price: in the proportion of the first signing, whatever was changed since. */
export const sharesIn = (price: Money, team: readonly TeamPart[]): readonly Money[] =>
  splitByParts(
    price,
    team.map(({ part }) => part),
  );

/** Gives each part of an engagement its share of a price that was agreed anew. */
export async function shareWorkAnew({ tx }: Scope, engagement: Id, price: Money): Promise<void> {
  const parts = await weightsOf({ db: tx }, engagement);
  const shares = sharesIn(price, parts);
  for (const [at, { minor }] of shares.entries())
    await tx
      .updateTable("marketplace.engagement_part")
      .set({ amount_minor: minor })
      .where("engagement", "=", engagement)
      .where("number", "=", at + 1)
      .execute();
}

export type Doer = { readonly member: Id; readonly name: string; readonly employed: boolean };

/** Who does each of these engagements, in the order of their parts, and who of them is employed. */
export async function doersOf({ db }: Pick<View, "db">, engagements: readonly Id[]): Promise<ReadonlyMap<Id, readonly Doer[]>> {
  if (engagements.length === 0) return new Map();
  const rows = await db
    .selectFrom("marketplace.engagement_part as part")
    .innerJoin("membership.member_card as card", "card.id", "part.member")
    .select(["part.engagement", "part.member", "card.name", "card.status"])
    .where("part.engagement", "in", engagements)
    .orderBy("part.number")
    .execute();
  const doers = rows.map(({ engagement, member, name, status }) => ({
    engagement,
    doer: { member, name: name ?? "", employed: isEmployed({ status: status as Status }) },
  }));
  return new Map(
    [...Map.groupBy(doers, ({ engagement }) => engagement)].map(([engagement, of]) => [engagement, of.map(({ doer }) => doer)]),
  );
}
