// The community's door for people.
import * as api from "@partcommune/shared/community/api";
import * as meeting from "@partcommune/shared/community/api/meeting";
import type { Door } from "../platform/doors.ts";
import { closeItem, countPapers, openItem } from "./actions/agenda.ts";
import * as assemblies from "./actions/assemblies.ts";
import { attendAssembly, leaveAssembly } from "./actions/attendance.ts";
import { answerGathering } from "./actions/answers.ts";
import { printCalendar, renewCalendarLink } from "./actions/calendars.ts";
import { callGathering, cancelGathering, changeGathering } from "./actions/gatherings.ts";
import { addToMinutes, signMinutes } from "./actions/minutes.ts";
import { assemblyPage, attendable } from "./store/assembly-page.ts";
import { calendarLink, calendarOf, gatheringDated } from "./store/calendars.ts";
import { gatheringPage, gatherings } from "./store/gathering-page.ts";
import { minutesPage } from "./store/minutes.ts";

export function routes(door: Door): void {
  door.read(api.listGatherings, gatherings);
  door.read(api.readGathering, gatheringPage);
  door.write(api.callGathering, callGathering);
  door.write(api.changeGathering, changeGathering);
  door.write(api.cancelGathering, cancelGathering);
  door.write(api.answerGathering, answerGathering);
  door.file(api.readGatheringFile, gatheringDated, printCalendar);
  door.file(api.readCalendar, calendarOf, printCalendar);
  door.read(api.readCalendarLink, (view) => calendarLink(view));
  door.write(api.renewCalendarLink, renewCalendarLink);
  door.write(meeting.conveneAssembly, assemblies.conveneAssembly);
  door.read(api.readAssembly, assemblyPage);
  door.write(meeting.attendAssembly, attendAssembly);
  door.write(meeting.leaveAssembly, leaveAssembly);
  door.read(meeting.listAttendable, attendable);
  door.write(meeting.handOverChair, assemblies.handOverChair);
  door.write(meeting.openAssembly, assemblies.openAssembly);
  door.write(meeting.drawTellers, assemblies.drawTellers);
  door.write(meeting.openItem, openItem);
  door.write(meeting.enterPapers, countPapers);
  door.write(meeting.closeItem, closeItem);
  door.write(meeting.closeAssembly, assemblies.closeAssembly);
  door.read(api.readMinutes, minutesPage);
  door.write(meeting.signMinutes, signMinutes);
  door.write(meeting.addToMinutes, addToMinutes);
  door.topic("gathering", (view, gathering) => gatheringPage(view, { gathering }));
}
