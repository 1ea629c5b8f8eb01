// The clock calls an election where a term ends and nobody asked for one in time.
import { isTimeToCall, type Course } from "@partcommune/shared/governance/rules/term";
import type { College } from "@partcommune/shared/governance/rules/words";
import { dayOf } from "@partcommune/shared/platform/calendar";
import { languages } from "@partcommune/shared/platform/page";
import type { Day } from "@partcommune/shared/platform/time";
import { viewOf, type Action, type Scope, type View } from "../../platform/scope.ts";
import { bookOf, coopCard } from "../../platform/store.ts";
import { openStrings } from "../../platform/strings.ts";
import { saveProposal } from "../store/proposals.ts";
import { seatsOf, termEnds, whileCalling, type TermEnd } from "../store/seats.ts";
import { aboutProposal, inDays } from "./proposals.ts";

const strings = openStrings();

/** What an election goes through by the bylaws of this moment. */
async function courseNow({ db, bylaw, now }: View): Promise<Course> {
  return {
    zone: (await bookOf(db)).zone,
    openingDays: (await bylaw("vote.openingDays", now)).value,
    noticeDays: (await bylaw("vote.noticeDays", now)).value,
    monthlyLimit: (await bylaw("vote.monthlyLimit", now)).value,
    deliberationDays: (await bylaw("proposal.deliberationDays", now)).value,
    openDays: (await bylaw("vote.openDays", now)).value.ordinary,
    extensionDays: (await bylaw("vote.extensionDays", now)).value,
    contestDays: (await bylaw("vote.contestDays", now)).value,
  };
}

/** Colleges whose election must be called now, at most once a day each. */
export async function electionsToCall(view: View): Promise<readonly { readonly college: College; readonly day: Day }[]> {
  const ends = await termEnds(view);
  if (ends.length === 0) return [];
  const course = await courseNow(view);
  return ends
    .filter(({ until }) => isTimeToCall(view.now, until, course))
    .map(({ college }) => ({ college, day: dayOf(view.now, course.zone) }));
}

/** Calls it: a proposal of nobody, in deliberation at once, so that people stand; as many seats as the bylaw gives the college. */
export const callElection: Action<{ college: College }, Record<string, never>> = async (scope, { college }) => {
  await whileCalling(scope, college);
  const view = viewOf(scope);
  const end = (await termEnds(view)).find((each) => each.college === college);
  const seats = (await scope.bylaw("board.seats", scope.now)).value[college];
  if (end && seats !== undefined && isTimeToCall(scope.now, end.until, await courseNow(view))) await called(scope, end, seats);
  return {};
};

async function called(scope: Scope, { college }: TermEnd, seats: number): Promise<void> {
  const spoken = (await coopCard(viewOf(scope))).languages;
  const language = languages.find((each) => each === spoken[0]) ?? "en";
  const until = await inDays(scope, (await scope.bylaw("proposal.deliberationDays", scope.now)).value);
  const held = (await seatsOf(viewOf(scope), college)).length;
  const words = {
    title: strings(language, "letter.election.title", { year: Number(until.slice(0, 4)) }),
    text: strings(language, "letter.election.text", { held, seats }),
    language,
    payload: { kind: "election", college, seats } as const,
    inAssembly: false,
  };
  const times = { published_at: scope.now, deliberate_until: until };
  const id = await saveProposal(scope, { author: null, verb: "call", times }, words);
  scope.emit({ type: "election.called", subject: id, body: { college, until }, about: aboutProposal(id) });
}
