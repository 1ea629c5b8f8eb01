// What officers can do about a coop that we will have nothing to do with, and what everybody reads of it.
import { z } from "zod";
import { Bytes, IdText, Nothing, Text } from "../../platform/api.ts";
import { endpoint } from "../../platform/endpoint.ts";
import { officers } from "../rules/neighbour.ts";

const host = { host: IdText };

export const blockHost = endpoint({
  does: "Block a coop, at once: it is heard no more, its jobs leave our search, nothing leaves for it, and a treaty with it rests.",
  method: "POST",
  path: "/api/v1/sisters/:host/block",
  who: officers,
  input: z.strictObject({ ...host, reason: Text(2_000, 3).meta({ description: "why, for everybody to read" }) }),
  answer: Nothing,
  refusals: ["host-blocked"],
});

export const unblockHost = endpoint({
  does: "Block a coop no more: it is heard again, and what waited for it leaves. A treaty that rests is resumed by itself.",
  method: "DELETE",
  path: "/api/v1/sisters/:host/block",
  who: officers,
  input: z.strictObject(host),
  answer: Nothing,
  refusals: ["host-not-blocked"],
});

export const readBlocked = endpoint({
  does: "Save the coops that are blocked, and why, as CSV.",
  method: "GET",
  path: "/api/v1/blocked.csv",
  who: "anyone",
  input: z.strictObject({}),
  answer: Bytes,
  file: "text/csv",
});

export const takeBlocked = endpoint({
  does: "Block every coop of a list (CSV: host,reason), whole or not at all. Who is blocked already stays so, for the reason it was.",
  method: "POST",
  path: "/api/v1/blocked",
  who: officers,
  input: z.strictObject({ list: z.string().max(200_000) }),
  answer: z.object({ blocked: z.int(), known: z.int().meta({ description: "that were blocked already" }) }),
  refusals: ["block-list-unreadable"],
});
