// Membership's door for people.
import * as api from "@partcommune/shared/membership/api";
import { readSession } from "@partcommune/shared/platform/api";
import type { Door } from "../platform/doors.ts";
import * as members from "./actions/members.ts";
import * as sessions from "./actions/sessions.ts";
import { applicants } from "./store/members.ts";
import { me } from "./store/people.ts";

export function routes(door: Door): void {
  door.write(api.askToSignUp, sessions.askToSignUp);
  door.write(api.askToSignIn, sessions.askToSignIn);
  door.write(api.openSession, sessions.openSession);
  door.write(api.closeSession, sessions.closeSession);
  door.read(api.readMe, me);
  door.read(readSession, me);
  door.write(api.foundClient, members.foundClient);
  door.write(api.applyAsMember, members.applyAsMember);
  door.read(api.listApplicants, applicants);
  door.write(api.admitMember, members.admitMember);
}
