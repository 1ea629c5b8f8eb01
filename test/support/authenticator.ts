// An authenticator in software, as WebAuthn asks for one: P-256, no attestation, its person always verified unless a test bends that.
import { createHash, generateKeyPairSync, randomBytes, sign, type KeyObject } from "node:crypto";
import { addPasskey, askToAddPasskey } from "@partcommune/shared/membership/api/passkeys";
import { askToProve, prove as proveByPasskey } from "@partcommune/shared/platform/api/proof";
import type { AskedOf, ToldOf } from "@partcommune/shared/platform/endpoint";
import type { Caller, TestCoop } from "./coop.ts";

type Creating = ToldOf<typeof askToAddPasskey>;
type Asking = ToldOf<typeof askToProve>;
export type Assertion = AskedOf<typeof proveByPasskey>;
export type Attestation = AskedOf<typeof addPasskey>;

/** What a test may bend of an answer; unsaid, all is as it should be. */
export type Bent = {
  readonly origin?: string;
  readonly rpId?: string;
  readonly challenge?: string;
  readonly type?: string;
  readonly counter?: number;
  readonly verified?: boolean;
  readonly present?: boolean;
  readonly userHandle?: string;
};

export type Authenticator = {
  readonly id: string;
  /** Answers a question for a new passkey. */
  readonly create: (question: Creating, bent?: Bent) => Attestation;
  /** Answers a question with the passkey; its counter goes up by one each time. */
  readonly sign: (question: Asking, bent?: Bent) => Assertion;
};

/** A new authenticator in a browser that shows the pages of `origin`. */
export function newAuthenticator(origin: string): Authenticator {
  const { publicKey, privateKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });
  const credential = randomBytes(32);
  const id = credential.toString("base64url");
  let handle = "";
  let counter = 0;
  return {
    id,
    create: ({ challenge, rp, user }, bent = {}) => {
      handle = user.id;
      const data = Buffer.concat([
        authenticatorData(bent.rpId ?? rp.id, { ...bent, counter: bent.counter ?? counter }, true),
        Buffer.alloc(16),
        Buffer.from([0, credential.length]),
        credential,
        coseKey(publicKey),
      ]);
      const clientData = clientDataFor("webauthn.create", origin, challenge, bent).toString("base64url");
      return { id, clientData, attestation: unattested(data).toString("base64url"), transports: ["internal"] };
    },
    sign: ({ challenge, rpId }, bent = {}) => {
      counter = bent.counter ?? counter + 1;
      const data = authenticatorData(bent.rpId ?? rpId, { ...bent, counter }, false);
      const clientData = clientDataFor("webauthn.get", origin, challenge, bent);
      const signature = sign("sha256", Buffer.concat([data, createHash("sha256").update(clientData).digest()]), privateKey);
      return {
        id,
        clientData: clientData.toString("base64url"),
        authenticatorData: data.toString("base64url"),
        signature: signature.toString("base64url"),
        userHandle: bent.userHandle ?? handle,
      };
    },
  };
}

const clientDataFor = (type: string, origin: string, challenge: string, bent: Bent): Buffer =>
  Buffer.from(
    JSON.stringify({
      type: bent.type ?? type,
      challenge: bent.challenge ?? challenge,
      origin: bent.origin ?? origin,
      crossOrigin: false,
    }),
  );

/** Hash of the host, flags and counter (WebAuthn 6.1). */
function authenticatorData(rpId: string, { present = true, verified = true, counter = 0 }: Bent, attested: boolean): Buffer {
  const flags = (present ? 0x01 : 0) | (verified ? 0x04 : 0) | (attested ? 0x40 : 0);
  const count = Buffer.alloc(4);
  count.writeUInt32BE(counter);
  return Buffer.concat([createHash("sha256").update(rpId).digest(), Buffer.from([flags]), count]);
}

/** An ES256 public key as CBOR (RFC 9053): {1: 2, 3: -7, -1: 1, -2: x, -3: y}. */
function coseKey(key: KeyObject): Buffer {
  const { x = "", y = "" } = key.export({ format: "jwk" });
  const point = (part: string): Buffer => Buffer.concat([Buffer.from([0x58, 32]), Buffer.from(part, "base64url")]);
  return Buffer.concat([Buffer.from([0xa5, 0x01, 0x02, 0x03, 0x26, 0x20, 0x01, 0x21]), point(x), Buffer.from([0x22]), point(y)]);
}

/** An attestation object as CBOR: {"fmt": "none", "attStmt": {}, "authData": data}. */
function unattested(data: Buffer): Buffer {
  const text = (word: string): Buffer => Buffer.concat([Buffer.from([0x60 | word.length]), Buffer.from(word)]);
  const length = Buffer.from([0x59, data.length >> 8, data.length & 0xff]);
  return Buffer.concat([
    Buffer.from([0xa3]),
    text("fmt"),
    text("none"),
    text("attStmt"),
    Buffer.from([0xa0]),
    text("authData"),
    length,
    data,
  ]);
}

const held = new WeakMap<Caller, Authenticator>();

/** Gives a signed-in caller a passkey. A second one needs a fresh proof with the first. */
export async function withPasskey(coop: TestCoop, caller: Caller): Promise<Authenticator> {
  const authenticator = newAuthenticator(coop.origin);
  const question = await caller.call(askToAddPasskey, {});
  if (question.status !== 201) throw new Error(`no question for a passkey: ${question.text}`);
  const { status, text } = await caller.call(addPasskey, authenticator.create(question.body));
  if (status !== 201) throw new Error(`the passkey was not added: ${text}`);
  held.set(caller, authenticator);
  return authenticator;
}

/** Proves by passkey that the caller is still they; who has none yet is given one. For five minutes acts with `proof: "fresh"` are taken. */
export async function prove(coop: TestCoop, caller: Caller): Promise<void> {
  const authenticator = held.get(caller) ?? (await withPasskey(coop, caller));
  const question = await caller.call(askToProve, {});
  const { status, text } = await caller.call(proveByPasskey, authenticator.sign(question.body));
  if (status !== 201) throw new Error(`the proof was not taken: ${text}`);
}

/** Who proves by passkey whenever an act asks for it, as a person in front of a page does; many acts of a moment share one proof. */
export function proving(coop: TestCoop, caller: Caller): Caller {
  const proofs = new Map<string, Promise<void>>();
  const freshProof = (): Promise<void> => {
    const proof = proofs.get(coop.now()) ?? prove(coop, caller);
    proofs.set(coop.now(), proof);
    return proof;
  };
  return {
    raw: caller.raw,
    call: async (endpoint, input, key) => {
      if (endpoint.proof === "fresh") await freshProof();
      return caller.call(endpoint, input, key);
    },
  };
}
