// Showing by passkey that it is still oneself: the question a browser's authenticator answers, and its answer (WebAuthn Level 3).
import { z } from "zod";
import { Nothing } from "../api.ts";
import { endpoint } from "../endpoint.ts";

/** Bytes as authenticators and browsers write them in JSON. */
export const Base64Url = (longest: number): z.ZodString =>
  z
    .string()
    .min(1)
    .max(longest)
    .regex(/^[\w-]+$/, "base64url without padding");

/** How a browser may reach an authenticator; names it does not know it ignores. */
export const Transports = z.array(z.string().regex(/^[a-z-]{1,20}$/)).max(8);

const Credential = z.object({ id: z.string(), type: z.literal("public-key"), transports: z.array(z.string()).optional() });
export const CredentialList = z.array(Credential);

/** What `navigator.credentials.get` is asked, as JSON. Without a list of credentials the person picks one of theirs. */
export const AssertionQuestion = z.object({
  challenge: z.string(),
  rpId: z.string(),
  timeout: z.int(),
  userVerification: z.literal("required"),
  allowCredentials: CredentialList.optional(),
});

/** What the authenticator answered. */
export const Assertion = z.strictObject({
  id: Base64Url(1_400),
  clientData: Base64Url(4_000),
  authenticatorData: Base64Url(4_000),
  signature: Base64Url(2_000),
  userHandle: Base64Url(100).optional(),
});

export const askToProve = endpoint({
  does: "Ask for a question that one of one's own passkeys answers, to prove that it is still oneself. It can be answered once, for five minutes.",
  method: "POST",
  path: "/api/v1/sessions/current/questions",
  who: "person",
  status: 201,
  input: z.strictObject({}),
  answer: AssertionQuestion,
  refusals: ["no-passkey"],
});

export const prove = endpoint({
  does: "Prove by passkey that it is still oneself. For five minutes acts that ask for a fresh proof are taken.",
  method: "POST",
  path: "/api/v1/sessions/current/proofs",
  who: "person",
  status: 201,
  input: Assertion,
  answer: Nothing,
  refusals: ["question-spent", "passkey-wrong", "passkey-copied"],
});
