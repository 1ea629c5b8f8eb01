// The community's door for people.
import * as api from "@partcommune/shared/community/api";
import type { Door } from "../platform/doors.ts";
import { answerGathering } from "./actions/answers.ts";
import { printCalendar, renewCalendarLink } from "./actions/calendars.ts";
import { callGathering, cancelGathering, changeGathering } from "./actions/gatherings.ts";
import { calendarLink, calendarOf, gatheringDated } from "./store/calendars.ts";
import { gatheringPage, gatherings } from "./store/gathering-page.ts";

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
  door.topic("gathering", (view, gathering) => gatheringPage(view, { gathering }));
}
