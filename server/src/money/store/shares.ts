// Capital that members paid in, in SQL: what there is of it, and what those who left are still owed.
import { sql } from "kysely";
import { bylawMinor } from "@partcommune/shared/governance/rules/bylaws";
import type { listSharesOwed } from "@partcommune/shared/money/api/share";
import { shareOfMember } from "@partcommune/shared/money/rules/accounts";
import { inTurn, type Capital, type ShareInTurn } from "@partcommune/shared/money/rules/share-capital";
import { dayOf } from "@partcommune/shared/platform/calendar";
import type { AnswerOf } from "@partcommune/shared/platform/endpoint";
import type { Id } from "@partcommune/shared/platform/id";
import type { Money } from "@partcommune/shared/platform/money";
import type { Instant } from "@partcommune/shared/platform/time";
import type { Scope, View } from "../../platform/scope.ts";
import { bookOf } from "../../platform/store.ts";
import { bookIn } from "./closing.ts";
import { balanceOf } from "./ledger.ts";

/** Shares are repaid one after the other: each counts on the capital that the one before left. */
export async function takeShareTurn({ tx }: Pick<Scope, "tx">): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtextextended('money:shares', 0))`.execute(tx);
}

/** What a member has paid in and was not repaid. */
export async function shareOf(view: View, member: Id): Promise<Money> {
  const { currency } = await bookOf(view.db);
  const balance = await balanceOf(view, shareOfMember(member));
  return { minor: -(balance?.balance.minor ?? 0n), currency };
}

/** What all have paid in, what of it must stay, and how far the books are closed. */
export async function capitalOf({ db, bylaw, now }: View): Promise<Capital> {
  const { currency } = await bookOf(db);
  const { rows } = await sql<{ minor: bigint }>`
    select coalesce(-sum(balance), 0)::bigint as minor from ledger.account_balance where class = 'equity'`.execute(db);
  const { value } = await bylaw("share.capitalFloor", now);
  return {
    paidIn: { minor: rows[0]?.minor ?? 0n, currency },
    floor: { minor: bylawMinor(value, currency), currency },
    closedUntil: (await bookIn(db))?.closedUntil,
  };
}

/** The shares of those who have left, in the order of leaving, each with what it waits for. */
export async function sharesInTurn(view: View, capital?: Capital): Promise<readonly ShareInTurn[]> {
  const { currency, zone } = await bookOf(view.db);
  const { rows } = await sql<{ member: Id; name: string; left_at: Instant; minor: bigint }>`
    select card.id as member, card.name, card.left_at, -balance as minor
    from membership.member_card card join ledger.account_balance share on share.code = 'member:' || card.id || ':share'
    where card.stage = 'left' and balance <> 0 order by card.left_at, card.id`.execute(view.db);
  if (rows.length === 0) return [];
  const owed = rows.map(({ member, name, left_at: at, minor }) => ({
    member,
    name,
    leftOn: dayOf(at, zone),
    amount: { minor, currency },
  }));
  return inTurn(owed, capital ?? (await capitalOf(view)));
}

/** The same for the treasury's desk. */
export const sharesOwedPage = async (view: View): Promise<AnswerOf<typeof listSharesOwed>> => ({ items: [...(await sharesInTurn(view))] });
