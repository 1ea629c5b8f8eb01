// The verbs of a mailed link: whoever holds it signs or declines for the client to whose person it was mailed, once, and is let in nowhere by it.
import type * as api from "@partcommune/shared/marketplace/api";
import { objectionToSignature } from "@partcommune/shared/marketplace/rules/engagement";
import type { AnswerOf, InputOf } from "@partcommune/shared/platform/endpoint";
import { confirmEmail } from "../../membership/index.ts";
import { found, refuseIf } from "../../platform/refused.ts";
import type { Action, Scope } from "../../platform/scope.ts";
import * as links from "../store/links.ts";
import { quoteToSign, type QuoteToSign } from "../store/quotes.ts";
import { lapseQuote, takeSignature } from "./engagements.ts";

type Act<E> = Action<InputOf<E>, AnswerOf<E>>;

/** Signs by the link. Who could follow it reads the post of that address: that is what a mailed code would show, too. */
export const signByLink: Act<typeof api.signByLink> = async (scope, { token, hash }) => {
  const { engagement, person, quote } = await opened(scope, token);
  refuseIf(objectionToSignature(quote, "client", hash, scope.now));
  await confirmEmail(scope, person);
  return { state: await takeSignature(scope, engagement, quote, { word: "client", signer: person }) };
};

/** Declines by the link. */
export const declineByLink: Act<typeof api.declineByLink> = async (scope, { token }) => {
  const { engagement, quote } = await opened(scope, token);
  await lapseQuote(scope, engagement, quote, "declined");
  return {};
};

/** Uses a link up; it is whole again where the act that follows is refused. Of two who follow it at once, the second finds none. */
async function opened(scope: Scope, token: string): Promise<links.Link & { readonly quote: QuoteToSign }> {
  const link = found(await links.linkOf(scope, token));
  const quote = found(await quoteToSign(scope, link.engagement));
  found((await links.endLink(scope, link.engagement)) || undefined);
  return { ...link, quote };
}
