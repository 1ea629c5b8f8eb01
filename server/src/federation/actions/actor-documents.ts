// Our actors as they describe themselves to other servers, each with the keys it signs and proves by.
import { actorDocument, partyDocument, type ListedKey } from "@partcommune/federation/discovery";
import type { KeyKind } from "@partcommune/federation/sign/key";
import type { JsonObject } from "@partcommune/shared/platform/json";
import { later } from "@partcommune/shared/platform/time";
import { memberNamed } from "../../membership/index.ts";
import type { View } from "../../platform/scope.ts";
import { coopCard } from "../../platform/store.ts";
import type { OurActor, Reader } from "../index.ts";
import { publicKeysOf } from "../store/keys.ts";

/** What was proved just before a key was changed may be on its way as long as a letter to a sister is tried. */
const stillValidMs = 31 * 86_400_000;

/** An actor of ours; undefined as long as it has no keys, or there is no coop. What its people are called is for coops that have to do with us. */
export async function documentOf(view: View, path: OurActor, reader: Reader): Promise<JsonObject | undefined> {
  const { name, currency } = await coopCard(view);
  const keys = await listedKeys(view, path);
  if (currency === undefined || !keys) return undefined;
  const { origin } = view;
  if (path === "actor" || path === "jobs")
    return actorDocument({ kind: path === "actor" ? "coop" : "board", origin, name, ...keys, currencies: [currency] });
  if (path.startsWith("clients/")) return partyDocument({ origin, path, type: "Organization", name: `A client of ${name}`, ...keys });
  const member = await memberNamed(view, path.slice("members/".length), reader !== "anybody");
  return partyDocument({ origin, path, type: "Person", ...member, ...keys });
}

/** The public keys of an actor. Those that sign are listed while they do; those that proved something, longer. */
async function listedKeys({ db, origin }: View, path: string): Promise<{ rsa: ListedKey; proving: readonly ListedKey[] } | undefined> {
  const keys = (await publicKeysOf(db, path)).toReversed();
  const listed = (wanted: KeyKind): readonly ListedKey[] =>
    keys
      .filter(({ kind }) => kind === wanted)
      .map(({ name, public: shown, retiredAt }) => ({
        id: `${origin}/${path}#${name}`,
        public: shown,
        expires: retiredAt && later(retiredAt, stillValidMs),
      }));
  const [rsa] = listed("rsa").filter(({ expires }) => expires === undefined);
  return rsa && { rsa, proving: listed("ed25519") };
}
