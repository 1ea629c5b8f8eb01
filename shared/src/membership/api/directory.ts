// What can be asked of the directory: members who opted in, and one's own page in it.
import { z } from "zod";
import { Line, listOf, Nothing, pageOfList, Text } from "../../platform/api.ts";
import { endpoint } from "../../platform/endpoint.ts";
import { handlePattern } from "../rules/profile.ts";

const Handle = z.string().regex(handlePattern, "3 to 40 small letters, digits and dashes, as in an address");
const LanguageCode = z
  .string()
  .regex(/^[a-z]{2}$/)
  .meta({ description: "ISO 639-1" });

const own = {
  handle: Handle,
  headline: Line(120, 0),
  about: Text(4_000),
  languages: z.array(LanguageCode).max(15),
  places: z.array(Line(60)).max(10),
};

const card = {
  handle: z.string(),
  name: z.string(),
  trade: z.string(),
  headline: z.string(),
  languages: z.array(z.string()),
  places: z.array(z.string()),
};

export const listMembers = endpoint({
  does: "List the members who opted in, by name; with a text those in whose page each of its words stands, whoever is called so first.",
  method: "GET",
  path: "/api/v1/directory",
  who: "anyone",
  input: z.strictObject({ ...pageOfList, text: Line(100, 0).optional() }),
  answer: listOf(z.object(card)),
  mayLag: true,
});

export const readProfile = endpoint({
  does: "Read the page of a member who opted in. Of whoever did not, there is none.",
  method: "GET",
  path: "/api/v1/directory/:handle",
  who: "anyone",
  input: z.strictObject({ handle: Handle }),
  answer: z.object({ ...card, about: z.string() }),
  mayLag: true,
});

export const readOwnProfile = endpoint({
  does: "Read one's own page as it is kept, shown or not; nothing before it was first saved.",
  method: "GET",
  path: "/api/v1/profile",
  who: "member",
  input: z.strictObject({}),
  answer: z.object({ profile: z.object({ ...own, handle: z.string(), shown: z.boolean() }).optional() }),
});

export const saveProfile = endpoint({
  does: "Keep one's own page, and say whether others see it.",
  method: "PUT",
  path: "/api/v1/profile",
  who: "member",
  input: z.strictObject({ ...own, shown: z.boolean() }),
  answer: Nothing,
  refusals: ["handle-taken"],
});
