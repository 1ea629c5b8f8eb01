// What of work comes into the hand of whoever is employed, in SQL: reckoned, ordered, posted.
import { sql, type RawBuilder } from "kysely";
import type { Pay } from "@partcommune/shared/money/rules/payroll";
import type { Id } from "@partcommune/shared/platform/id";
import type { Money } from "@partcommune/shared/platform/money";
import type { Day, Instant } from "@partcommune/shared/platform/time";
import type { Scope } from "../../platform/scope.ts";
import type { MoneyPay } from "../../platform/tables.ts";

export type Newest = Pick<
  MoneyPay,
  | "id"
  | "left_minor"
  | "cost_minor"
  | "net_minor"
  | "employee_minor"
  | "employer_minor"
  | "along_minor"
  | "model"
  | "decided_month"
  | "posted_at"
>;

/** What was reckoned last of a payable. To be joined laterally. */
export const newestPay = (payable: RawBuilder<unknown>) =>
  sql<Newest>`(
    select id, left_minor, cost_minor, net_minor, employee_minor, employer_minor, along_minor, model, decided_month, posted_at
    from money.pay where pay.payable = ${payable} order by posted_at nulls last, reckoned_at desc, id desc limit 1
  )`.as<"pay">(sql.ref("pay"));

/** Of a payable, what was reckoned last, where `pay` names it; all of it absent where nothing was. Named here once: the compiler works long at columns of many joined tables. */
export const payColumns = [
  sql<bigint | null>`pay.cost_minor`.as("cost_minor"),
  sql<bigint | null>`pay.net_minor`.as("net_minor"),
  sql<bigint | null>`pay.employee_minor`.as("employee_minor"),
  sql<bigint | null>`pay.employer_minor`.as("employer_minor"),
  sql<bigint | null>`pay.along_minor`.as("along_minor"),
  sql<string | null>`pay.model`.as("model"),
  sql<Instant | null>`pay.posted_at`.as("posted_at"),
] as const;

export type NewPay = Pay & {
  readonly payable: Id;
  readonly member: Id;
  /** What was owed of it, and what of that is pay. */
  readonly left: Money;
  readonly cost: Money;
  readonly along: Money;
  readonly model: string;
  /** The month of the office's figures that decide it. */
  readonly decided?: Day;
};

/** Keeps what of a payable comes into the hand. */
export async function savePay(
  { tx, now, id }: Scope,
  { payable, member, left, cost, along, model, decided, ...pay }: NewPay,
): Promise<void> {
  await tx
    .insertInto("money.pay")
    .values({
      id: id(),
      payable,
      member,
      currency: left.currency,
      left_minor: left.minor,
      cost_minor: cost.minor,
      net_minor: pay.net.minor,
      employee_minor: pay.employee.minor,
      employer_minor: pay.employer.minor,
      along_minor: along.minor,
      model,
      decided_month: decided ?? null,
      reckoned_at: now,
    })
    .execute();
}

/** Notes that these are posted now. */
export async function notePosted({ tx, now }: Pick<Scope, "tx" | "now">, pays: readonly Id[]): Promise<void> {
  if (pays.length > 0)
    await tx.updateTable("money.pay").set({ posted_at: now }).where("id", "in", pays).where("posted_at", "is", null).execute();
}

/** The columns of pay that an item is posted by. */
export type PayRow = {
  readonly cost_minor: bigint | null;
  readonly net_minor: bigint | null;
  readonly employee_minor: bigint | null;
  readonly employer_minor: bigint | null;
  readonly along_minor: bigint | null;
};

export type PayToPost = Pay & { readonly id: Id; readonly along: Money; readonly posted: boolean };

/** What an item is posted by; undefined where it is no pay. */
export function payFrom(id: Id | null, row: PayRow & { readonly posted_at: Instant | null }, currency: string): PayToPost | undefined {
  if (id === null) return undefined;
  const money = (minor: bigint | null): Money => ({ minor: minor ?? 0n, currency });
  const parts = { net: money(row.net_minor), employee: money(row.employee_minor), employer: money(row.employer_minor) };
  return { id, ...parts, along: money(row.along_minor), posted: row.posted_at !== null };
}
