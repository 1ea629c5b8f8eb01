// What federation itself makes of activities: who follows our board, and what became of our own asking.
import { hears, type Sisters } from "./index.ts";
import { answerFollow } from "./actions/neighbours.ts";
import { tell } from "./actions/telling.ts";

const nothing = async (): Promise<void> => undefined;

/** Anybody may follow our board: it shows what is public. */
const hearFollow = hears<void>({
  inbox: "jobs",
  types: ["Follow"],
  bring: nothing,
  hear: async (scope, { id, actor, host, object }) => {
    if (object !== `${scope.origin}/jobs`) return;
    await tell(scope, { actor: "jobs", type: "Accept", to: [actor], object: id });
    scope.emit({ type: "follower.came", subject: host, body: { follower: actor }, about: ["neighbours"] });
  },
});

const hearUndo = hears<void>({
  inbox: "jobs",
  types: ["Undo"],
  bring: nothing,
  hear: async (scope, { actor, host }) =>
    scope.emit({ type: "follower.went", subject: host, body: { follower: actor }, about: ["neighbours"] }),
});

const hearAnswer = hears<void>({
  inbox: "jobs",
  types: ["Accept", "Reject"],
  bring: nothing,
  hear: async (scope, { origin, object, type }) => answerFollow(scope, origin, object, type === "Accept" ? "welcome" : "turnAway"),
});

export const sisters: Sisters = { tells: [], hears: [hearFollow, hearUndo, hearAnswer], shows: [] };
