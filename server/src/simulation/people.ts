// Who acts in a coop of a simulation: walked in by the door of a demo, by their names.
import { readMe } from "@partcommune/shared/membership/api";
import { listDemoPeople } from "@partcommune/shared/membership/api/demo";
import type { Client, House, Member } from "../demo/people.ts";
import type { Actress, Stage } from "../demo/stage.ts";

export type People = { readonly house: House; readonly owner: Client; readonly members: readonly Member[] };

export async function peopleAt(stage: Stage): Promise<People> {
  const { founding, leads } = stage.cast;
  const { items } = await stage.stranger("a visitor").does(listDemoPeople, {});
  const named = async (name: string): Promise<Actress> => stage.trusted(name, items.find((each) => each.name === name)?.id ?? "");
  const [first, second] = leads.treasurers;
  const house = {
    board: await named(founding.founder.name),
    tess: await named(first),
    tom: await named(second),
    adviser: await named(leads.adviser),
  };
  const buyer = items.find(({ buysFor }) => buysFor !== undefined)?.name ?? "";
  const members: Member[] = [];
  for (const { name } of items.filter(({ stage: at }) => at !== undefined)) {
    const person = await named(name);
    members.push({ ...person, member: (await person.does(readMe, {})).person?.member ?? "" });
  }
  const owner = await named(buyer);
  const client = (await owner.does(readMe, {})).person?.buysFor[0]?.client ?? "";
  return { house, owner: { ...owner, client }, members };
}
