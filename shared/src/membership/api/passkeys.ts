// What can be asked about passkeys: adding and removing one's own, and signing in with one without saying who one is.
import { z } from "zod";
import { IdText, InstantJson, listOf, Nothing } from "../../platform/api.ts";
import { Assertion, AssertionQuestion, Base64Url, CredentialList, Transports } from "../../platform/api/proof.ts";
import { endpoint } from "../../platform/endpoint.ts";

/** Doors that open for visitors: a passkey is not guessed, but every question is kept for five minutes. */
const triesPerMinute = 60;

/** What `navigator.credentials.create` is asked, as JSON. */
const CreationQuestion = z.object({
  challenge: z.string(),
  rp: z.object({ id: z.string(), name: z.string() }),
  user: z.object({ id: z.string(), name: z.string(), displayName: z.string() }),
  pubKeyCredParams: z.array(z.object({ type: z.literal("public-key"), alg: z.int() })),
  timeout: z.int(),
  attestation: z.literal("none"),
  excludeCredentials: CredentialList,
  authenticatorSelection: z.object({
    residentKey: z.literal("required"),
    requireResidentKey: z.boolean(),
    userVerification: z.literal("required"),
  }),
});

export const askToAddPasskey = endpoint({
  does: "Ask for a question that a new passkey answers. Whoever has a passkey already proves first with one that it is they.",
  method: "POST",
  path: "/api/v1/me/passkeys/questions",
  who: "person",
  status: 201,
  input: z.strictObject({}),
  answer: CreationQuestion,
  refusals: ["proof-needed", "passkeys-enough"],
});

export const addPasskey = endpoint({
  does: "Add the passkey that answered the question. The person is told by letter.",
  method: "POST",
  path: "/api/v1/me/passkeys",
  who: "person",
  status: 201,
  input: z.strictObject({
    id: Base64Url(1_400),
    clientData: Base64Url(4_000),
    attestation: Base64Url(20_000),
    transports: Transports,
  }),
  answer: z.object({ id: IdText }),
  refusals: ["proof-needed", "passkeys-enough", "question-spent", "passkey-wrong", "passkey-held"],
});

export const listPasskeys = endpoint({
  does: "List one's own passkeys, oldest first.",
  method: "GET",
  path: "/api/v1/me/passkeys",
  who: "person",
  input: z.strictObject({}),
  answer: listOf(z.object({ id: IdText, addedAt: InstantJson, usedAt: InstantJson.optional() })),
});

export const removePasskey = endpoint({
  does: "Remove a passkey of one's own. The person is told by letter.",
  method: "DELETE",
  path: "/api/v1/me/passkeys/:passkey",
  who: "person",
  proof: "fresh",
  input: z.strictObject({ passkey: IdText }),
  answer: Nothing,
});

export const askForPasskey = endpoint({
  does: "Ask for a question that a passkey answers, to sign in with. Nobody says who they are: the passkey does.",
  method: "POST",
  path: "/api/v1/sessions/passkey/questions",
  who: "anyone",
  status: 201,
  perMinute: triesPerMinute,
  input: z.strictObject({}),
  answer: AssertionQuestion,
  refusals: ["not-founded"],
});

export const openSessionByPasskey = endpoint({
  does: "Open a session with a passkey. It counts as a fresh proof.",
  method: "POST",
  path: "/api/v1/sessions/passkey",
  who: "anyone",
  status: 201,
  session: "opens",
  perMinute: triesPerMinute,
  input: Assertion,
  answer: Nothing,
  refusals: ["question-spent", "passkey-wrong", "passkey-copied"],
});
