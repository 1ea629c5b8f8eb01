// What higher domains may use of membership.
export { actorOfSession, welcomeFounder } from "./actions/sessions.ts";
