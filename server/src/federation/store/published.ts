// What we published, as the bytes that were told: whoever asks for an activity reads what its receivers read.
import type { KeptDocument } from "@partcommune/federation/host";
import { isShownTo } from "@partcommune/federation/standing";
import type { Database } from "../../platform/database.ts";

/** An activity of ours that everybody may read; `gone` when it was taken back. */
export async function publishedBytes(db: Database, id: string): Promise<Buffer | "gone" | undefined> {
  const row = await db.selectFrom("federation.activity").select(["wire", "doc"]).where("id", "=", id).executeTakeFirst();
  if (!row) return undefined;
  const document = row.doc as KeptDocument;
  if (document.type === "Tombstone") return "gone";
  return isShownTo(document, "anybody") && row.wire ? row.wire : undefined;
}
