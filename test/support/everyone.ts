// Somebody who gets past every door: all roles, a membership, an organisation and a fresh proof. What is refused to them is refused to all.
import { giveRole } from "@partcommune/shared/membership/api";
import { admitMember, applyAsMember, confirmMember, foundClient } from "@partcommune/shared/membership/api";
import { roles } from "@partcommune/shared/platform/actor";
import { prove } from "./authenticator.ts";
import type { Caller, TestCoop } from "./coop.ts";
import { founder, organisation, personNamed, signedUp } from "./people.ts";

export async function everyone(coop: TestCoop): Promise<Caller> {
  const board = await founder(coop);
  const caller = await signedUp(coop, "Eve Ryone");
  const person = await personNamed(board, "Eve Ryone");
  for (const role of roles) await board.call(giveRole, { person, role });
  const { id: member } = (await caller.call(applyAsMember, { status: "invoiced", trade: "translation" })).body;
  await board.call(admitMember, { member });
  await board.call(confirmMember, { member });
  await caller.call(foundClient, organisation);
  await prove(coop, caller);
  return caller;
}
