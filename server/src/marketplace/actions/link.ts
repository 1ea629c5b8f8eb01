// The mailed link of a declared quote: made here, told in one letter, and kept as nothing but a digest.
import type { Id } from "@partcommune/shared/platform/id";
import type { Instant } from "@partcommune/shared/platform/time";
import { dayOf } from "@partcommune/shared/platform/calendar";
import { addressOf, memberCard } from "../../membership/index.ts";
import { dayInWords, writeLetter } from "../../platform/letters.ts";
import { found } from "../../platform/refused.ts";
import { viewOf, type Scope } from "../../platform/scope.ts";
import { coopCard } from "../../platform/store.ts";
import { keepLink } from "../store/links.ts";

/** 128 bits: nobody guesses one while its quote waits. */
const tokenBytes = 16;

export type Linked = {
  readonly id: Id;
  readonly title: string;
  readonly member: Id;
  readonly zone: string;
  readonly signUntil: Instant;
  /** Who signs for the client. */
  readonly signer: Id;
  /** The change of it that is to be signed; absent: the first quote. */
  readonly amendment?: Id;
};

/** Mails a new link; one that was mailed before opens nothing any more. */
export async function mailLink(scope: Scope, { id, title, member: worker, zone, signUntil, signer, amendment }: Linked): Promise<void> {
  const view = viewOf(scope);
  const token = Buffer.from(scope.random(tokenBytes)).toString("base64url");
  await keepLink(scope, token, { engagement: id, amendment, person: signer });
  const { email, language } = found(await addressOf(view, signer));
  const { name: member } = found(await memberCard(view, worker));
  const { name: coop } = await coopCard(view);
  const day = dayInWords(dayOf(signUntil, zone), language);
  // The coop's own address, whatever the request said it was.
  const [kind, page] = amendment === undefined ? (["quoteToSign", "sign"] as const) : (["amendmentToSign", "change"] as const);
  const link = `${scope.origin}/${language}/${page}/${token}`;
  await writeLetter(scope, { to: email, language, kind, params: { title, member, coop, day, link } });
}
