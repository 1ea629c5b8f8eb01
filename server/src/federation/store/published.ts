// What we published, as the bytes that were told: whoever asks for an activity reads what its receivers read.
import type { KeptDocument } from "@partcommune/federation/host";
import { audienceOf } from "@partcommune/federation/standing";
import type { View } from "../../platform/scope.ts";
import type { Reader } from "../index.ts";
import { isFor } from "./signed.ts";

/** An activity of ours, for who may read it; `gone` when it was taken back. */
export async function publishedBytes({ db, origin }: View, id: string, reader: Reader): Promise<Buffer | "gone" | undefined> {
  const row = await db.selectFrom("federation.activity").select(["wire", "doc"]).where("id", "=", id).executeTakeFirst();
  if (!row) return undefined;
  const document = row.doc as KeptDocument;
  if (document.type === "Tombstone") return "gone";
  return row.wire && isFor(audienceOf(document), reader, origin) ? row.wire : undefined;
}
