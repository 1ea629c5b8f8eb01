// The verbs of a mailed link: whoever holds it signs or declines for the client to whose person it was mailed, once, and is let in nowhere by it.
import type * as api from "@partcommune/shared/marketplace/api";
import { objectionToAnswerOf } from "@partcommune/shared/marketplace/rules/amendment";
import { objectionToSignature } from "@partcommune/shared/marketplace/rules/engagement";
import type { AnswerOf, InputOf } from "@partcommune/shared/platform/endpoint";
import { confirmEmail } from "../../membership/index.ts";
import { found, refuseIf } from "../../platform/refused.ts";
import type { Action, Scope } from "../../platform/scope.ts";
import { openAmendment } from "../store/amendments.ts";
import { engagementHeld, type Held } from "../store/engagements.ts";
import * as links from "../store/links.ts";
import { quoteToSign } from "../store/quotes.ts";
import { takeAmendmentSignature } from "./amendment-answers.ts";
import { endAmendment } from "./amendment-end.ts";
import { lapseQuote, takeSignature } from "./engagements.ts";

type Act<E> = Action<InputOf<E>, AnswerOf<E>>;

/** Signs by the link. Who could follow it reads the post of that address: that is what a mailed code would show, too. */
export const signByLink: Act<typeof api.signByLink> = async (scope, { token, hash }) => {
  const { held, person, amendment } = await opened(scope, token);
  const { id } = held;
  if (amendment !== undefined) {
    const engagement = { ...held, amendment: found(await openAmendment(scope, id)) };
    refuseIf(objectionToAnswerOf(engagement, "client", "signAmendment", hash, scope.now));
    await confirmEmail(scope, person);
    await takeAmendmentSignature(scope, engagement, { word: "client", signer: person });
    return { state: engagement.state };
  }
  const quote = found(await quoteToSign(scope, id));
  refuseIf(objectionToSignature(quote, "client", hash, scope.now));
  await confirmEmail(scope, person);
  return { state: await takeSignature(scope, id, quote, { word: "client", signer: person }) };
};

/** Declines by the link. */
export const declineByLink: Act<typeof api.declineByLink> = async (scope, { token }) => {
  const { engagement: id, amendment } = await opened(scope, token);
  if (amendment === undefined) await lapseQuote(scope, id, found(await quoteToSign(scope, id)), "declined");
  else await endAmendment(scope, id, found(await openAmendment(scope, id)), "declined");
  return {};
};

/** Uses a link up; it is whole again where the act that follows is refused. Of two who follow it at once, the second finds none. */
async function opened(scope: Scope, token: string): Promise<links.Link & { readonly held: Held }> {
  const link = found(await links.linkOf(scope, token));
  const held = found(await engagementHeld(scope, link.engagement));
  found((await links.endLink(scope, link.engagement)) || undefined);
  return { ...link, held };
}
