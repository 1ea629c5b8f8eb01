// What can be asked of notices: the list, the bell, and what also comes by mail or is pushed.
import { z } from "zod";
import { IdText, InstantJson, listOf, Nothing, pageOfList, ZoneName } from "../api.ts";
import { endpoint } from "../endpoint.ts";
import { noticeKinds, noticePlaces, rhythms } from "../rules/notices.ts";

export const listNotices = endpoint({
  does: "List what the person who asks was told of, newest first.",
  method: "GET",
  path: "/api/v1/notices",
  who: "person",
  input: z.strictObject(pageOfList),
  answer: listOf(
    z.object({
      id: IdText,
      kind: z.enum(noticeKinds),
      place: z.enum(noticePlaces),
      subject: IdText,
      values: z.record(z.string(), z.string()).meta({ description: "for the sentence: a title, a name" }),
      at: InstantJson,
      read: z.boolean(),
    }),
  ),
});

export const readBell = endpoint({
  does: "Say how many notices of the person who asks are not read yet; 99 stands for more.",
  method: "GET",
  path: "/api/v1/notices/unread",
  who: "person",
  input: z.strictObject({}),
  answer: z.object({ count: z.int() }),
});

export const markNoticesRead = endpoint({
  does: "Note that one has read one's notices up to this one.",
  method: "POST",
  path: "/api/v1/notices/reading",
  who: "person",
  input: z.strictObject({ upTo: IdText }),
  answer: Nothing,
});

const TimeOfDay = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, "a time of day, 22:00");

/** One answer for every kind of notice. */
const perKind = <Answer extends z.ZodType>(answer: Answer) =>
  z.strictObject(Object.fromEntries(noticeKinds.map((kind) => [kind, answer])) as Record<(typeof noticeKinds)[number], Answer>);

const Choices = z.strictObject({
  zone: ZoneName.meta({ description: "in which the quiet hours and the morning of digests are reckoned" }),
  quiet: z.strictObject({ from: TimeOfDay, to: TimeOfDay }).exactOptional(),
  mail: perKind(z.enum(rhythms)),
  push: perKind(z.boolean()).meta({ description: "which are pushed to one's devices" }),
});

export const readNoticeChoices = endpoint({
  does: "Show which notices also come by mail and how often, which are pushed, and when neither may.",
  method: "GET",
  path: "/api/v1/notices/choices",
  who: "person",
  input: z.strictObject({}),
  answer: Choices,
});

export const chooseNotices = endpoint({
  does: "Choose which notices also come by mail and how often, which are pushed, and when neither may. In-app everything shows.",
  method: "PUT",
  path: "/api/v1/notices/choices",
  who: "person",
  input: Choices,
  answer: Nothing,
});

export const unsubscribe = endpoint({
  does: "Switch all mail of notices off, by the link that stands in each of them; no session is needed.",
  method: "POST",
  path: "/api/v1/notices/mail-ending",
  who: "anyone",
  perMinute: 30,
  input: z.strictObject({ link: z.string().min(1).max(200) }),
  answer: Nothing,
  refusals: ["link-unknown"],
});
