// The clock calls an election where a seat is vacant or a term ends, and nobody asked for one in time.
import { isTimeToCall } from "@partcommune/shared/governance/rules/term";
import type { College } from "@partcommune/shared/governance/rules/words";
import { dayOf } from "@partcommune/shared/platform/calendar";
import { languages } from "@partcommune/shared/platform/page";
import type { Day } from "@partcommune/shared/platform/time";
import { viewOf, type Action, type Scope, type View } from "../../platform/scope.ts";
import { coopCard } from "../../platform/store.ts";
import { openStrings } from "../../platform/strings.ts";
import { collegesOfBoard, courseNow, type CollegeOfBoard } from "../store/board.ts";
import { saveProposal } from "../store/proposals.ts";
import { electionsUnderWay, whileSeating } from "../store/seats.ts";
import { seatsToFill } from "./seats.ts";
import { aboutProposal, inDays, onlyElection } from "./proposals.ts";

const strings = openStrings();

/** Colleges of whose seats one is vacant or will be before an election that is called tomorrow is over, and which hold none; after one in vain not at once. */
async function collegesToCall(view: View): Promise<readonly CollegeOfBoard[]> {
  const course = await courseNow(view);
  const underWay = await electionsUnderWay(view);
  return (await collegesOfBoard(view)).filter(
    ({ college, until, mayBeCalled }) =>
      mayBeCalled <= view.now && isTimeToCall(view.now, until, course) && !underWay.some((each) => each.college === college),
  );
}

/** Colleges whose election must be called now, at most once a day each. */
export async function electionsToCall(view: View): Promise<readonly { readonly college: College; readonly day: Day }[]> {
  const colleges = await collegesToCall(view);
  if (colleges.length === 0) return [];
  const day = dayOf(view.now, (await courseNow(view)).zone);
  return colleges.map(({ college }) => ({ college, day }));
}

/** Calls it: a proposal of nobody, in deliberation at once, so that people stand. */
export const callElection: Action<{ college: College }, Record<string, never>> = async (scope, { college }) => {
  await whileSeating(scope);
  const isDue = (await collegesToCall(viewOf(scope))).some((each) => each.college === college);
  if (isDue) await called(scope, college);
  return {};
};

async function called(scope: Scope, college: College): Promise<void> {
  const spoken = (await coopCard(viewOf(scope))).languages;
  const language = languages.find((each) => each === spoken[0]) ?? "en";
  const until = await inDays(scope, (await scope.bylaw("proposal.deliberationDays", scope.now)).value);
  const words = {
    title: strings(language, "letter.election.title", { year: Number(until.slice(0, 4)) }),
    text: strings(language, "letter.election.text", { open: await seatsToFill(scope, college) }),
    language,
    payload: { kind: "election", college } as const,
    inAssembly: false,
  };
  const times = { published_at: scope.now, deliberate_until: until };
  const id = await saveProposal(scope, { author: null, verb: "call", times }, words);
  await onlyElection(scope, { id, payload: words.payload });
  scope.emit({ type: "election.called", subject: id, body: { college, until }, about: aboutProposal(id) });
}
