// The platform's own doors.
import * as api from "@partcommune/shared/platform/api";
import { listCalendars } from "@partcommune/shared/platform/api/calendar";
import { regions } from "./calendar/store.ts";
import type { Door } from "./doors.ts";
import { changeLetterhead, letterheadOf } from "./letterhead.ts";
import { waitingLetters } from "./letters.ts";
import * as files from "./files/routes.ts";
import * as messages from "./messages/routes.ts";
import * as notices from "./notices/routes.ts";
import * as push from "./push/routes.ts";
import { reviewCountry } from "./review.ts";
import { coopCard } from "./store.ts";
import * as transparency from "./transparency/routes.ts";

export function routes(door: Door): void {
  door.read(api.readCoop, (view) => coopCard(view));
  door.read(api.readLetterhead, async ({ db }) => letterheadOf(db));
  door.write(api.changeLetterhead, changeLetterhead);
  door.write(api.reviewCountry, reviewCountry);
  door.read(listCalendars, (view) => regions(view));
  door.read(api.readOutbox, async ({ db }) => ({ items: [...(await waitingLetters(db))] }));
  messages.routes(door);
  files.routes(door);
  notices.routes(door);
  push.routes(door);
  transparency.routes(door);
}
