// What money tells an adviser about the members they follow, in SQL.
import { clientLateDays, noIncomeDays } from "@partcommune/shared/money/rules/alerts";
import type { Alert, Followed } from "@partcommune/shared/platform/alert";
import { dayAfter, dayOf } from "@partcommune/shared/platform/calendar";
import { dayMs, later } from "@partcommune/shared/platform/time";
import type { View } from "../../platform/scope.ts";
import { bookOf } from "../../platform/store.ts";

type MoneyAlert = Alert<"noIncome" | "clientLate">;

/** Members without income for 60 days, and invoices of theirs that a client is 15 days late with. */
export async function moneyAlerts(view: View, followed: readonly Followed[]): Promise<readonly MoneyAlert[]> {
  if (followed.length === 0) return [];
  return [...(await noIncome(view, followed)), ...(await clientsLate(view, followed))];
}

async function noIncome({ db, now }: View, followed: readonly Followed[]): Promise<readonly MoneyAlert[]> {
  const { zone } = await bookOf(db);
  const rows = await db
    .selectFrom("money.payable")
    .select(({ fn }) => ["member", fn.max("opened_at").as("last")])
    .where(
      "member",
      "in",
      followed.map(({ member }) => member),
    )
    .where("about", "=", "invoice")
    .groupBy("member")
    .execute();
  const last = new Map(rows.map((row) => [row.member, row.last]));
  return followed.flatMap(({ member, admittedAt }) => {
    const since = last.get(member) ?? admittedAt;
    return later(since, noIncomeDays * dayMs) <= now ? [{ member, kind: "noIncome" as const, on: dayOf(since, zone) }] : [];
  });
}

async function clientsLate({ db, now }: View, followed: readonly Followed[]): Promise<readonly MoneyAlert[]> {
  const { zone } = await bookOf(db);
  const rows = await db
    .selectFrom("money.collection as collection")
    .innerJoin("money.document as document", "document.id", "collection.invoice")
    .innerJoin("money.earning as earning", "earning.invoice", "document.id")
    .innerJoin("membership.client_card as client", "client.id", "document.client")
    .select(["earning.member", "document.number", "client.name", "collection.pay_by as on"])
    .whereRef("collection.paid_minor", "<", "collection.gross_minor")
    .where("collection.pay_by", "<=", dayAfter(dayOf(now, zone), -clientLateDays))
    .where(
      "earning.member",
      "in",
      followed.map(({ member }) => member),
    )
    .orderBy("collection.pay_by")
    .orderBy("document.number")
    .execute();
  return rows.map(({ member, number, name, on }) => ({ member, kind: "clientLate", on, about: `${name ?? ""}, ${number}` }));
}
