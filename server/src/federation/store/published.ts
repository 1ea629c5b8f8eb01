// What we published, as the bytes that were told: whoever asks for an activity reads what its receivers read.
import { sql } from "kysely";
import { PUBLIC } from "@partcommune/federation/vocabulary";
import type { Database } from "../../platform/database.ts";

/** An activity of ours that everybody may read; `gone` when it was taken back. */
export async function publishedBytes(db: Database, id: string): Promise<Buffer | "gone" | undefined> {
  const row = await db
    .selectFrom("federation.activity")
    .select(["wire", sql<string>`doc ->> 'type'`.as("type")])
    .select(sql<boolean>`coalesce(doc -> 'to' ? ${PUBLIC}::text or doc -> 'cc' ? ${PUBLIC}::text, false)`.as("isPublic"))
    .where("id", "=", id)
    .executeTakeFirst();
  if (row?.type === "Tombstone") return "gone";
  return row?.isPublic && row.wire ? row.wire : undefined;
}
