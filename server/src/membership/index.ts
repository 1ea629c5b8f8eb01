// What higher domains may use of membership.
export { plantRoot } from "./actions/branches.ts";
export { actorOfSession, welcomeFounder } from "./actions/sessions.ts";
export { bringClient } from "./actions/bring-client.ts";
export { admitByVote, seatBoard } from "./actions/by-vote.ts";
export { importedClients } from "./actions/import-clients.ts";
export { importedEmployments } from "./actions/import-employments.ts";
export { importedMembers } from "./actions/import-members.ts";
export { leave } from "./actions/leaving.ts";
export { shareWasPaid, showWords } from "./actions/members.ts";
export { applicationOf, type Application } from "./store/applications.ts";
export { isShown, memberNamed } from "./store/profiles.ts";
export { portfolioOf, trialAlerts } from "./store/portfolio.ts";
export {
  addressesOfApprovers,
  addressOf,
  clientCard,
  enteredItself,
  havePaid,
  isConfirmed,
  memberCard,
  ownerOf,
  peopleNamed,
  peopleOfClient,
  peopleWithRole,
  type ClientCard,
  type MemberCard,
} from "./store/cards.ts";
export { calendars } from "./checks.ts";
export { calendarOfCoop, calendarOfMember, calendarsInUse } from "./store/branches.ts";
export { countMembers } from "./store/census.ts";
export { employmentsRunning, leavers, leavingOf, leavingSince } from "./store/leaving.ts";
export { heldByHand } from "./store/roles.ts";
export { daysAcross, declaredDays } from "./store/employment.ts";
export { addressElsewhere, clientByVat, clientElsewhere, memberElsewhere } from "./store/members.ts";
export { confirmEmail, lastingSessions } from "./store/people.ts";
