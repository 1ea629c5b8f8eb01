// Whom a telling of the marketplace is from and for: a member or a client here, and the other side with its coop.
import type { Iri } from "@partcommune/federation/iri";
import { problems } from "@partcommune/shared/problems";
import type { Fact } from "@partcommune/shared/platform/events";
import { sentence, type Refusal } from "@partcommune/shared/platform/refusal";
import type { Id } from "@partcommune/shared/platform/id";
import { sisterOfHost, type Telling } from "../../federation/index.ts";
import { addressElsewhere } from "../../membership/index.ts";
import type { View } from "../../platform/scope.ts";

/** What a refusal says, for whoever is told of it elsewhere. */
export function saysOf({ type, facts }: Refusal): string {
  const all: Readonly<Record<string, { readonly says: string }>> = problems;
  return sentence(all[type]?.says ?? "It was not taken at the other coop.", facts);
}

/** Whether somebody of another coop did it, who needs not be told. */
export const isTheirDoing = ({ actor }: Fact): boolean => actor.startsWith("peer:");

type Ends = Pick<Telling, "actor" | "to" | "cc">;

/** From a member of ours to a client at this coop; undefined where the client is ours. */
export async function toClientElsewhere(
  view: View,
  host: Id,
  { member, client }: { readonly member: Id; readonly client: Id },
): Promise<Ends | undefined> {
  const to = await addressElsewhere(view, "client", client);
  return to === undefined ? undefined : { actor: `members/${member}`, to: [to], cc: await coopAt(view, host) };
}

/** From a client of ours to a member of this coop; undefined where the member is ours. */
export async function toMemberElsewhere(
  view: View,
  host: Id,
  { member, client }: { readonly member: Id; readonly client: Id },
): Promise<Ends | undefined> {
  const to = await addressElsewhere(view, "member", member);
  return to === undefined ? undefined : { actor: `clients/${client}`, to: [to], cc: await coopAt(view, host) };
}

async function coopAt({ db }: View, host: Id): Promise<readonly Iri[]> {
  const sister = await sisterOfHost(db, host);
  return sister ? [`${sister.origin}/actor`] : [];
}

/** From whoever is here to whoever is there. */
export const endsOf = (
  view: View,
  work: { readonly isHome: boolean; readonly host: Id; readonly member: Id; readonly client: Id },
): Promise<Ends | undefined> => (work.isHome ? toClientElsewhere : toMemberElsewhere)(view, work.host, work);
