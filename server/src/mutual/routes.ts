// The mutual fund's door for people.
import { askAdvance as ask, readAdvances } from "@partcommune/shared/money/api";
import * as api from "@partcommune/shared/mutual/api";
import { readProtection } from "@partcommune/shared/mutual/api/protection";
import type { Door } from "../platform/doors.ts";
import { askAdvance } from "./actions/advances.ts";
import { figureCsv } from "./actions/figure-csv.ts";
import { answerWarning } from "./actions/watching.ts";
import { figureEntries, figureFile, fundEntry } from "./store/entries.ts";
import * as fund from "./store/fund.ts";
import { fundHistory } from "./store/history.ts";
import { protectionOf } from "./store/protection.ts";
import { ownAdvances } from "./store/secured.ts";
import { stressPage } from "./store/stress.ts";

export function routes(door: Door): void {
  door.read(api.readFund, (view) => fund.fundPage(view));
  door.read(api.listFigureEntries, figureEntries);
  door.read(api.readFundHistory, (view) => fundHistory(view));
  door.read(api.readFundEntry, fundEntry);
  door.file(api.downloadFigureEntries, figureFile, figureCsv);
  door.write(api.answerWarning, answerWarning);
  door.read(readProtection, (view) => protectionOf(view));
  door.read(readAdvances, (view) => ownAdvances(view));
  door.write(ask, askAdvance);
  door.read(api.readStress, (view) => stressPage(view));
}
