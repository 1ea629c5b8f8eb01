// The community's door for people.
import * as api from "@partcommune/shared/community/api";
import type { Door } from "../platform/doors.ts";
import { closeItem, openItem } from "./actions/agenda.ts";
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
  door.write(api.conveneAssembly, assemblies.conveneAssembly);
  door.read(api.readAssembly, assemblyPage);
  door.write(api.attendAssembly, attendAssembly);
  door.write(api.leaveAssembly, leaveAssembly);
  door.read(api.listAttendable, attendable);
  door.write(api.handOverChair, assemblies.handOverChair);
  door.write(api.openAssembly, assemblies.openAssembly);
  door.write(api.drawTellers, assemblies.drawTellers);
  door.write(api.openItem, openItem);
  door.write(api.closeItem, closeItem);
  door.write(api.closeAssembly, assemblies.closeAssembly);
  door.read(api.readMinutes, minutesPage);
  door.write(api.signMinutes, signMinutes);
  door.write(api.addToMinutes, addToMinutes);
  door.topic("gathering", (view, gathering) => gatheringPage(view, { gathering }));
}
