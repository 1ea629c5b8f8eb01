// Money of strangers in SQL: what came, and what of it was sent back.
import { sql } from "kysely";
import type { listStrays } from "@partcommune/shared/money/api/stray";
import type { Stray } from "@partcommune/shared/money/rules/bank-line";
import type { AnswerOf } from "@partcommune/shared/platform/endpoint";
import type { Id } from "@partcommune/shared/platform/id";
import type { Scope, View } from "../../platform/scope.ts";

/** Of each line that was a stranger's, the one by which it is or was sent back. */
const strays = ({ db }: Pick<View, "db">) =>
  db
    .selectFrom("money.bank_line as line")
    .leftJoin("money.bank_line as back", (join) => join.onRef("back.stray", "=", "line.id").on("back.state", "<>", "discarded"))
    .select(["line.id", "line.state", "line.amount_minor", "line.currency", "line.booked_on", "line.stranger"])
    .select(["back.id as back", "back.state as backState", "back.booked_on as backOn"])
    .where("line.kind", "=", "strayReceived");

/** Money that came from a stranger, held until the transaction ends; `by` is the line that sends it back. */
export async function heldStray({ tx }: Pick<Scope, "tx">, id: Id, by?: Id): Promise<Stray | undefined> {
  // Held by a statement of its own: of two who send it back at once, the second sees the line of the first.
  await tx.selectFrom("money.bank_line").select("id").where("id", "=", id).forUpdate().execute();
  const row = await strays({ db: tx }).where("line.id", "=", id).executeTakeFirst();
  return (
    row && {
      amount: { minor: row.amount_minor, currency: row.currency },
      came: row.state === "booked",
      sentBack: row.back !== null && row.back !== by,
    }
  );
}

type State = NonNullable<AnswerOf<typeof listStrays>["items"][number]["back"]>["state"];

/** What waits to be sent back first, the oldest of it on top; then what went, the newest on top. */
export async function straysOfBank({ db }: View): Promise<AnswerOf<typeof listStrays>> {
  const rows = await strays({ db })
    .where("line.state", "=", "booked")
    .orderBy(sql`back.state is not distinct from 'booked'`)
    .orderBy(sql`case when back.state = 'booked' then date '9999-12-31' - back.booked_on end`)
    .orderBy("line.booked_on")
    .orderBy("line.id")
    .limit(200)
    .execute();
  return {
    items: rows.map(({ id, amount_minor: minor, currency, booked_on: cameOn, stranger: from, backState, backOn: on }) => ({
      id,
      from: from ?? "",
      cameOn,
      amount: { minor, currency },
      ...(backState === null || on === null ? {} : { back: { on, state: backState as State } }),
    })),
  };
}

/** What waits to be sent back and no line says so yet. */
export const straysToSend = async ({ db }: Pick<View, "db">) =>
  (await strays({ db }).where("line.state", "=", "booked").where("back.id", "is", null).orderBy("line.id").limit(500).execute()).map(
    ({ id: stray, stranger, amount_minor: open, currency }) => ({ stray, about: stranger ?? "", open, currency }),
  );
