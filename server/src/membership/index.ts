// What higher domains may use of membership.
export { actorOfSession, welcomeFounder } from "./actions/sessions.ts";
export { shareWasPaid } from "./actions/members.ts";
export {
  addressesOfApprovers,
  addressOf,
  clientCard,
  isConfirmed,
  memberCard,
  peopleNamed,
  peopleOfClient,
  peopleWithRole,
  type ClientCard,
  type MemberCard,
} from "./store/cards.ts";
