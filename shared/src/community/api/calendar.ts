// Gatherings as files that calendars read: one gathering, and everything a person comes to behind one secret link.
import { z } from "zod";
import { Bytes, IdText } from "../../platform/api.ts";
import { endpoint } from "../../platform/endpoint.ts";

export const readGatheringFile = endpoint({
  does: "Take a gathering along as an iCalendar file.",
  method: "GET",
  path: "/api/v1/gatherings/:gathering/calendar",
  who: "anyone",
  file: "text/calendar",
  input: z.strictObject({ gathering: IdText }),
  answer: Bytes,
});

export const readCalendar = endpoint({
  does: "Follow the gatherings a person comes to, by that person's secret link.",
  method: "GET",
  path: "/api/v1/calendars/:token",
  who: "anyone",
  file: "text/calendar",
  input: z.strictObject({ token: z.string().min(1).max(60) }),
  answer: Bytes,
});

export const readCalendarLink = endpoint({
  does: "Show the secret link of one's own calendar, where one was made.",
  method: "GET",
  path: "/api/v1/me/calendar",
  who: "person",
  input: z.strictObject({}),
  answer: z.object({ link: z.string().optional() }),
});

export const renewCalendarLink = endpoint({
  does: "Make the secret link of one's own calendar, or another one; the earlier one ends.",
  method: "POST",
  path: "/api/v1/me/calendar",
  who: "person",
  input: z.strictObject({}),
  answer: z.object({ link: z.string() }),
});
