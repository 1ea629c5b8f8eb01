// The desk's list of credits, in SQL.
import { sql } from "kysely";
import type { listCredits } from "@partcommune/shared/money/api";
import type { Bearer } from "@partcommune/shared/money/rules/overdraft";
import type { AnswerOf, InputOf } from "@partcommune/shared/platform/endpoint";
import { cursorOf, isBehind } from "../../platform/list.ts";
import type { View } from "../../platform/scope.ts";

type Card = AnswerOf<typeof listCredits>["items"][number];

/** Those who have agreed, by name: the client as the invoice calls it. */
const agreedNames = sql<string[]>`array(
  select coalesce(card.name, document.frozen::jsonb #>> '{client,name}') from money.credit_agreement agreement
  left join membership.member_card card on card.id = agreement.member
  where agreement.credit = credit.id order by agreement.side, card.name)`;

const cards = ({ db }: View) =>
  db
    .selectFrom("money.credit as credit")
    .innerJoin("money.document as document", "document.id", "credit.invoice")
    .innerJoin("membership.person_card as proposer", "proposer.id", "credit.proposed_by")
    .leftJoin("membership.person_card as confirmer", "confirmer.id", "credit.confirmed_by")
    .leftJoin("money.credit_note as note", "note.id", "credit.id")
    .select([
      "credit.id",
      "credit.invoice",
      "credit.net_minor",
      "credit.currency",
      "credit.reason",
      "credit.bearer",
      "credit.state",
      "credit.proposed_by",
    ])
    .select(["credit.proposed_at", "document.number as invoiceNumber", "document.about", "proposer.name as proposer"])
    .select(["confirmer.name as confirmer", "note.number"])
    .select(agreedNames.as("agreedNames"));

/** Credits, newest first. */
export async function credits(view: View, { limit, after }: InputOf<typeof listCredits>): Promise<AnswerOf<typeof listCredits>> {
  const { actor } = view;
  const rows = await cards(view)
    .where((eb) => isBehind(eb, after, "<", "credit.proposed_at", "credit.id"))
    .orderBy("credit.proposed_at", "desc")
    .orderBy("credit.id", "desc")
    .limit(limit + 1)
    .execute();
  const shown = rows.slice(0, limit);
  const last = shown.at(-1);
  return {
    items: shown.map((row) => ({
      id: row.id,
      invoice: row.invoice,
      invoiceNumber: row.invoiceNumber,
      about: row.about,
      net: { minor: row.net_minor, currency: row.currency },
      reason: row.reason,
      ...(row.bearer === null ? {} : { bearer: row.bearer as Bearer }),
      state: row.state as Card["state"],
      proposedBy: row.proposer ?? "",
      mine: actor.kind === "person" && actor.person === row.proposed_by,
      agreed: row.agreedNames,
      ...(row.confirmer === null ? {} : { confirmedBy: row.confirmer }),
      ...(row.number === null ? {} : { number: row.number }),
    })),
    ...(rows.length > limit && last ? { next: cursorOf(last.proposed_at, last.id) } : {}),
  };
}
