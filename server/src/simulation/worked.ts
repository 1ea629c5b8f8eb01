// One piece of work between two coops, from the job to the approval: what they have to set off in the first round.
import { post, acts } from "./acts.ts";
import type { Chance } from "./chance.ts";
import type { Neighbour } from "./neighbourhood.ts";
import type { Pace } from "./pace.ts";
import { waitingAt, type Verb } from "./store/waiting.ts";

/** Nothing unlikely happens, and of several the last is taken. */
const likely: Chance = {
  below: (end) => end - 1,
  some: (list) => {
    const last = list.at(-1);
    if (last === undefined) throw new RangeError("nothing to choose from");
    return last;
  },
};

/** A client of the first has something done by a member of the other. */
export async function workedTogether(client: Neighbour, member: Neighbour, { settle }: Pace): Promise<void> {
  const does = async (coop: Neighbour, ...verbs: readonly Verb[]): Promise<void> => {
    for (const verb of verbs) {
      const waiting = await waitingAt(
        coop.stage.coop.db,
        coop.stage.now(),
        coop.members.map((each) => each.member),
      );
      const ready = waiting.filter((each) => each.verb === verb);
      if (ready.length > 0) await acts[verb](coop, likely.some(ready), likely);
      await settle();
    }
  };
  await post(client, `What ${member.name} did`, likely);
  await settle();
  await does(member, "bid");
  await does(client, "choose", "signAsClient");
  await does(member, "signAsMember", "cover", "start", "handIn");
  await does(client, "answer");
}
