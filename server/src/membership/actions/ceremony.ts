// The two ceremonies of WebAuthn, asked and checked for this coop's own address: whatever is not exactly as asked is one refusal.
import { verifyAuthenticationResponse, verifyRegistrationResponse } from "@simplewebauthn/server";
import type { z } from "zod";
import type { addPasskey, askToAddPasskey } from "@partcommune/shared/membership/api/passkeys";
import { questionMinutes } from "@partcommune/shared/membership/rules";
import type { AssertionQuestion, Assertion } from "@partcommune/shared/platform/api/proof";
import type { AnswerOf, InputOf } from "@partcommune/shared/platform/endpoint";
import type { Id } from "@partcommune/shared/platform/id";
import { refuseUnless } from "../../platform/refused.ts";
import type { Credential, KeptPasskey, NewPasskey } from "../store/passkeys.ts";

/** Where the ceremony takes place: the coop's origin. Its host is the id that passkeys are bound to. */
type Place = { readonly origin: string };

const rpIdOf = ({ origin }: Place): string => new URL(origin).hostname;
const timeout = questionMinutes * 60_000;

/** EdDSA, ES256 and RS256: every authenticator in use speaks one of them. */
const supportedAlgorithmIDs = [-8, -7, -257];

/** How authenticators name a person to themselves: by our id, which says nothing about them. */
const handleOf = (person: Id): string => Buffer.from(person.replaceAll("-", ""), "hex").toString("base64url");

type Creating = { readonly coop: string; readonly person: Id; readonly name: string; readonly email: string };

/** Asks an authenticator for a new passkey; one that holds a passkey of this person already says so itself. */
export const creationQuestion = (
  place: Place,
  challenge: string,
  { coop, person, name, email }: Creating,
  held: readonly Credential[],
): AnswerOf<typeof askToAddPasskey> => ({
  challenge,
  rp: { id: rpIdOf(place), name: coop },
  user: { id: handleOf(person), name: email, displayName: name },
  pubKeyCredParams: supportedAlgorithmIDs.map((alg) => ({ type: "public-key", alg })),
  timeout,
  attestation: "none",
  excludeCredentials: held.map(listed),
  authenticatorSelection: { residentKey: "required", requireResidentKey: true, userVerification: "required" },
});

/** Asks for any passkey of this coop, or for one of those given. */
export const assertionQuestion = (
  place: Place,
  challenge: string,
  allowed?: readonly Credential[],
): z.output<typeof AssertionQuestion> => ({
  challenge,
  rpId: rpIdOf(place),
  timeout,
  userVerification: "required",
  ...(allowed ? { allowCredentials: allowed.map(listed) } : {}),
});

const listed = ({ id, transports }: Credential) => ({ id, type: "public-key" as const, transports: [...transports] });

/** The challenge an answer claims to be for. Whether it was ever asked is the store's matter. */
export function challengeIn(clientData: string): string {
  try {
    const { challenge } = JSON.parse(Buffer.from(clientData, "base64url").toString()) as { readonly challenge?: unknown };
    return typeof challenge === "string" ? challenge : "";
  } catch {
    return "";
  }
}

type Created = Omit<InputOf<typeof addPasskey>, "passkey">;

/** The new passkey, once origin, host, challenge, presence and verification of the person are as asked. */
export async function createdPasskey(
  place: Place,
  challenge: string,
  { id, clientData, attestation, transports }: Created,
): Promise<NewPasskey> {
  const outcome = await verifyRegistrationResponse({
    response: {
      id,
      rawId: id,
      type: "public-key",
      response: { clientDataJSON: clientData, attestationObject: attestation },
      clientExtensionResults: {},
    },
    expectedChallenge: challenge,
    expectedOrigin: place.origin,
    expectedRPID: rpIdOf(place),
    supportedAlgorithmIDs,
  }).catch(() => undefined); // the library throws on whatever a stranger can send: it is all one refusal
  refuseUnless(outcome?.verified === true && outcome.registrationInfo.credential.id === id, "passkey-wrong");
  const { publicKey, counter } = outcome.registrationInfo.credential;
  return { credential: id, publicKey: Buffer.from(publicKey), counter: BigInt(counter), transports };
}

/** The counter of a passkey that signed the challenge with its person verified. Whether it counts forward is the caller's question. */
export async function counterOf(
  place: Place,
  challenge: string,
  passkey: KeptPasskey,
  { id, clientData, authenticatorData, signature, userHandle }: z.output<typeof Assertion>,
): Promise<bigint> {
  refuseUnless(userHandle === undefined || userHandle === handleOf(passkey.person), "passkey-wrong");
  const outcome = await verifyAuthenticationResponse({
    response: {
      id,
      rawId: id,
      type: "public-key",
      response: { clientDataJSON: clientData, authenticatorData, signature },
      clientExtensionResults: {},
    },
    expectedChallenge: challenge,
    expectedOrigin: place.origin,
    expectedRPID: rpIdOf(place),
    // Told as 0 here, since the library has no refusal of its own for a counter that goes back.
    credential: { id, publicKey: Uint8Array.from(passkey.publicKey), counter: 0 },
  }).catch(() => undefined);
  refuseUnless(outcome?.verified === true, "passkey-wrong");
  return BigInt(outcome.authenticationInfo.newCounter);
}
