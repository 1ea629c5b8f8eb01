// Membership's door for people.
import * as api from "@partcommune/shared/membership/api";
import * as passkeyApi from "@partcommune/shared/membership/api/passkeys";
import { readSession } from "@partcommune/shared/platform/api";
import * as proof from "@partcommune/shared/platform/api/proof";
import type { Door } from "../platform/doors.ts";
import * as members from "./actions/members.ts";
import * as passkeys from "./actions/passkeys.ts";
import * as roles from "./actions/roles.ts";
import * as sessions from "./actions/sessions.ts";
import { myClients } from "./store/cards.ts";
import { applicants } from "./store/members.ts";
import { passkeys as ownPasskeys } from "./store/passkeys.ts";
import { me } from "./store/people.ts";
import { people } from "./store/roles.ts";

export function routes(door: Door): void {
  door.write(api.askToSignUp, sessions.askToSignUp);
  door.write(api.askToSignIn, sessions.askToSignIn);
  door.write(api.openSession, sessions.openSession);
  door.write(api.closeSession, sessions.closeSession);
  door.write(passkeyApi.askToAddPasskey, passkeys.askToAddPasskey);
  door.write(passkeyApi.addPasskey, passkeys.addPasskey);
  door.read(passkeyApi.listPasskeys, ownPasskeys);
  door.write(passkeyApi.removePasskey, passkeys.removePasskey);
  door.write(passkeyApi.askForPasskey, passkeys.askForPasskey);
  door.write(passkeyApi.openSessionByPasskey, passkeys.openSessionByPasskey);
  door.write(proof.askToProve, passkeys.askToProve);
  door.write(proof.prove, passkeys.prove);
  door.read(api.readMe, me);
  door.read(readSession, me);
  door.write(api.foundClient, members.foundClient);
  door.write(api.applyAsMember, members.applyAsMember);
  door.read(api.listApplicants, applicants);
  door.write(api.admitMember, members.admitMember);
  door.write(api.confirmMember, members.confirmMember);
  door.read(api.listMyClients, myClients);
  door.read(api.listPeople, people);
  door.write(api.giveRole, roles.giveRole);
  door.write(api.endRole, roles.endRole);
}
