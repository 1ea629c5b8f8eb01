// What can be asked about passwords, in a coop that chose to have them.
import { z } from "zod";
import { EmailText, Nothing } from "../../platform/api.ts";
import { endpoint } from "../../platform/endpoint.ts";
import { passwordLetters } from "../rules.ts";

/** One form for letters that can be typed in several ways, so that another keyboard opens the same door. */
const Password = z
  .string()
  .min(passwordLetters.fewest)
  .max(passwordLetters.most)
  .refine((text) => text.isWellFormed(), "letters")
  .transform((text) => text.normalize("NFKC"));

/** A guesser would try this door; a person needs one try or two. */
const triesPerMinute = 20;

export const openSessionByPassword = endpoint({
  does: "Open a session with address and password. Ten tries of an address in 15 minutes, known here or not; other ways in stay open.",
  method: "POST",
  path: "/api/v1/sessions/password",
  who: "anyone",
  status: 201,
  session: "opens",
  perMinute: triesPerMinute,
  input: z.strictObject({ email: EmailText, password: z.string().max(passwordLetters.most) }),
  answer: Nothing,
  refusals: ["passwords-off", "password-wrong", "too-many-tries"],
});

export const setPassword = endpoint({
  does: "Set or change one's password. It ends one's other sessions, and the person is told by letter.",
  method: "PUT",
  path: "/api/v1/me/password",
  who: "person",
  input: z.strictObject({ password: Password }),
  answer: Nothing,
  refusals: ["passwords-off", "proof-needed", "sign-in-by-code", "password-guessable"],
});

export const removePassword = endpoint({
  does: "Remove one's password. It ends one's other sessions, and the person is told by letter.",
  method: "DELETE",
  path: "/api/v1/me/password",
  who: "person",
  input: z.strictObject({}),
  answer: Nothing,
  refusals: ["proof-needed", "sign-in-by-code"],
});
