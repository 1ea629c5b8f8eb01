// The browser's own dialogue for passkeys. Its code is fetched when a passkey is wanted, so that readers do not carry it.
import type { askToProve, prove } from "@partcommune/shared/platform/api/proof";
import type { AskedOf, ToldOf } from "@partcommune/shared/platform/endpoint";
import type { PublicKeyCredentialCreationOptionsJSON, PublicKeyCredentialRequestOptionsJSON } from "@simplewebauthn/browser";

/** The person closed the dialogue, let it run out, or the device holds no passkey that fits: all one to a page, and told alike. */
export class NotGiven extends Error {}

/** Asks the person for a passkey of theirs. */
export async function askPasskey(question: ToldOf<typeof askToProve>): Promise<AskedOf<typeof prove>> {
  const { startAuthentication } = await import("@simplewebauthn/browser");
  const { id, response } = await startAuthentication({ optionsJSON: question as PublicKeyCredentialRequestOptionsJSON }).catch(notGiven);
  const { clientDataJSON, authenticatorData, signature, userHandle } = response;
  return { id, clientData: clientDataJSON, authenticatorData, signature, ...(userHandle ? { userHandle } : {}) };
}

/** What a page sends of a new passkey. */
export type Made = { readonly id: string; readonly clientData: string; readonly attestation: string; readonly transports: string[] };

/** Asks the device to make a passkey. */
export async function makePasskey(question: object): Promise<Made> {
  const { startRegistration } = await import("@simplewebauthn/browser");
  const { id, response } = await startRegistration({ optionsJSON: question as PublicKeyCredentialCreationOptionsJSON }).catch(notGiven);
  const { clientDataJSON, attestationObject, transports } = response;
  return { id, clientData: clientDataJSON, attestation: attestationObject, transports: transports ?? [] };
}

function notGiven(error: unknown): never {
  throw new NotGiven("the passkey was not given", { cause: error });
}
