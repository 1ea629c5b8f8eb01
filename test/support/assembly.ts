// An assembly from its call to its signed minutes, for stories that are about what is decided in it.
import { readAssembly, readMinutes } from "@partcommune/shared/community/api";
import {
  attendAssembly,
  closeAssembly,
  closeItem,
  conveneAssembly,
  drawTellers,
  openAssembly,
  openItem,
  signMinutes,
} from "@partcommune/shared/community/api/meeting";
import type { AskedOf, ToldOf } from "@partcommune/shared/platform/endpoint";
import { millisecondsOf, type Instant } from "@partcommune/shared/platform/time";
import { backAgain, type Members } from "./members.ts";
import { told } from "./told.ts";

/** The board calls an assembly for the evening of a day. */
export async function called({ board }: Members, day: string, items: AskedOf<typeof conveneAssembly>["items"]): Promise<string> {
  const hours = { zone: "Europe/Brussels", begins: `${day}T18:00`, ends: `${day}T21:00` };
  const words = { title: "Assembly", text: "Everybody who belongs to us.", language: "en", place: "Rue du Canal 7" } as const;
  return (await told(board, conveneAssembly, { ...words, ...hours, items })).id;
}

type Item = ToldOf<typeof readAssembly>["items"][number];

/** Everybody comes, two tellers are drawn, and item by item something happens while it is open; then the minutes are signed by three. */
export async function held(stage: Members, gathering: string, from: Instant, during: (item: Item) => Promise<void>): Promise<void> {
  const { coop, board, people } = stage;
  coop.wait(millisecondsOf(from) - millisecondsOf(coop.now()));
  for (let step = 0; step < 2; step += 1) await coop.keepTime();
  await coop.settle();
  await backAgain(stage, people);
  for (const { caller } of people) await told(caller, attendAssembly, { gathering, way: "room" });
  await told(board, openAssembly, { gathering });
  await told(board, drawTellers, { gathering });
  for (const item of (await told(board, readAssembly, { gathering })).items) {
    await told(board, openItem, { gathering, item: item.id });
    await during(item);
    await told(board, closeItem, { gathering, item: item.id });
  }
  await told(board, closeAssembly, { gathering });
  const { hash, signatures } = await told(board, readMinutes, { gathering });
  const signers = people.filter(({ name }) => signatures.some((signature) => signature.name === name));
  for (const { caller } of signers) await told(caller, signMinutes, { gathering, hash });
}
