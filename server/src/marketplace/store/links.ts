// Mailed links in SQL: kept as keyed digests, used once, void with their quote.
import { sql } from "kysely";
import type { listOwnClients, readQuoteByLink } from "@partcommune/shared/marketplace/api";
import { approvers } from "@partcommune/shared/marketplace/rules/acceptance";
import { engagementTable } from "@partcommune/shared/marketplace/rules/engagement";
import { statesBefore } from "@partcommune/shared/platform/table";
import type { AnswerOf, InputOf } from "@partcommune/shared/platform/endpoint";
import type { Id } from "@partcommune/shared/platform/id";
import { addressOf } from "../../membership/index.ts";
import { found } from "../../platform/refused.ts";
import type { Scope, View } from "../../platform/scope.ts";
import { openCard } from "./amendment-cards.ts";

const digestOf = ({ keys }: Pick<View, "keys">, token: string): Buffer => keys.digest("signing-link", token);

/** Keeps a new link of an engagement; those before it open nothing any more. */
export async function keepLink(scope: Scope, token: string, { engagement, amendment, person }: Link): Promise<void> {
  await endLink(scope, engagement);
  await scope.tx
    .insertInto("marketplace.signing_link")
    .values({ digest: digestOf(scope, token), engagement, amendment: amendment ?? null, person, at: scope.now })
    .execute();
}

/** Ends the open link of an engagement. True for exactly one caller. */
export async function endLink({ tx, now }: Scope, engagement: Id): Promise<boolean> {
  const ended = await tx
    .updateTable("marketplace.signing_link")
    .set({ ended_at: now })
    .where("engagement", "=", engagement)
    .where("ended_at", "is", null)
    .executeTakeFirst();
  return ended.numUpdatedRows === 1n;
}

export type Link = {
  readonly engagement: Id;
  /** The change of it that the link signs; absent: the first quote. */
  readonly amendment?: Id | undefined;
  readonly person: Id;
};

/** What a link opens while its paper waits for the client, and its person may bind them. Every other token finds nothing, by the same question. */
const openLink = ({ db, now, keys }: Pick<View, "db" | "now" | "keys">, token: string) =>
  db
    .selectFrom("marketplace.signing_link as link")
    .innerJoin("marketplace.engagement as engagement", "engagement.id", "link.engagement")
    .leftJoin("marketplace.amendment as amendment", "amendment.id", "link.amendment")
    .innerJoin("membership.buyer_card as buyer", (join) =>
      join.onRef("buyer.client", "=", "engagement.client").onRef("buyer.person", "=", "link.person").on("buyer.role", "in", approvers),
    )
    .where("link.digest", "=", digestOf({ keys }, token))
    .where("link.ended_at", "is", null)
    .where((eb) => {
      const quote = [
        eb("link.amendment", "is", null),
        eb("engagement.state", "in", statesBefore(engagementTable, "sign")),
        eb("engagement.client_signed_at", "is", null),
        eb("engagement.sign_until", ">", now),
      ];
      const change = [
        eb("amendment.ended_at", "is", null),
        eb("amendment.client_signed_at", "is", null),
        eb("amendment.stands_until", ">", now),
      ];
      return eb.or([eb.and(quote), eb.and(change)]);
    });

/** What lies behind a link, and for whom. */
export async function linkOf({ tx, now, keys }: Scope, token: string): Promise<Link | undefined> {
  const row = await openLink({ db: tx, now, keys }, token).select(["link.engagement", "link.amendment", "link.person"]).executeTakeFirst();
  return row && { ...row, amendment: row.amendment ?? undefined };
}

/** The paper that is to be signed, as whoever holds its link reads it. */
export async function quoteByLink(view: View, { token }: InputOf<typeof readQuoteByLink>): Promise<AnswerOf<typeof readQuoteByLink>> {
  const row = await openLink(view, token)
    .innerJoin("membership.member_card as member", "member.id", "engagement.member")
    .innerJoin("membership.person_card as person", "person.id", "link.person")
    .select(["engagement.id", "engagement.title", "engagement.client_name", "engagement.currency", "engagement.sent_back_because"])
    .select(["engagement.client", "engagement.team", "engagement.signed_at", "link.amendment"])
    .select((eb) => [
      eb.fn.coalesce("amendment.amount_minor", "engagement.amount_minor").as("amount_minor"),
      eb.fn.coalesce("amendment.paper", "engagement.quote").as("paper"),
      eb.fn.coalesce("amendment.hash", "engagement.quote_hash").as("hash"),
      eb.fn.coalesce("amendment.stands_until", "engagement.sign_until").as("until"),
    ])
    .select(["member.name as member", "link.person", "person.name as signer"])
    .executeTakeFirst();
  const quote = found(row);
  const { email } = found(await addressOf(view, quote.person));
  const changed = quote.amendment === null ? undefined : await openCard(view, quote);
  return {
    title: quote.title,
    client: quote.client_name,
    member: quote.member ?? "",
    amount: { minor: quote.amount_minor, currency: quote.currency },
    quote: quote.paper,
    hash: quote.hash.toString("hex"),
    signUntil: quote.until,
    ...(quote.sent_back_because === null ? {} : { sentBackBecause: quote.sent_back_because }),
    signer: { name: quote.signer ?? "", email },
    ...(changed ? { amendment: changed } : {}),
  };
}

/** The clients that have signed a quote of this member. */
const clientsOf = ({ db }: Pick<View, "db">, member: Id) =>
  db
    .selectFrom("membership.client_card as client")
    .select(["client.id", "client.name", "client.town", "client.country"])
    .where(({ exists, selectFrom }) =>
      exists(
        selectFrom("marketplace.engagement as engagement")
          .select("engagement.id")
          .whereRef("engagement.client", "=", "client.id")
          .where("engagement.team", "@>", sql<string[]>`array[${member}::uuid]`)
          .where("engagement.client_signed_at", "is not", null),
      ),
    );

/** The clients the asking member has worked for. */
export async function ownClients({ db, actor }: View): Promise<AnswerOf<typeof listOwnClients>> {
  if (actor.kind !== "person" || actor.member === undefined) return { items: [] };
  const rows = await clientsOf({ db }, actor.member).orderBy("client.name").orderBy("client.id").limit(200).execute();
  return {
    items: rows.map(({ id, name, town, country }) => ({ id: id ?? "", name: name ?? "", town: town ?? "", country: country ?? "" })),
  };
}

/** One of them; another's is told like none. */
export const ownClient = async ({ tx }: Scope, member: Id, client: Id): Promise<{ readonly name: string } | undefined> => {
  const row = await clientsOf({ db: tx }, member).where("client.id", "=", client).executeTakeFirst();
  return row && { name: row.name ?? "" };
};
