// How a coop begins.
import type * as api from "@partcommune/shared/governance/api";
import { bylawRegister } from "@partcommune/shared/governance/rules/bylaws";
import { objectionToFounding } from "@partcommune/shared/governance/rules/founding";
import type { AnswerOf, InputOf } from "@partcommune/shared/platform/endpoint";
import { plantRoot, welcomeFounder } from "../../membership/index.ts";
import { readLetterhead } from "../../platform/letterhead.ts";
import { coopCard, saveCoop } from "../../platform/store.ts";
import { refuseIf } from "../../platform/refused.ts";
import { viewOf, type Action } from "../../platform/scope.ts";
import { foundBylaws } from "../store/bylaws.ts";
import { savePlan } from "../store/opening.ts";

/** Founds the coop and signs its first person in. */
export const foundCoop: Action<InputOf<typeof api.foundCoop>, AnswerOf<typeof api.foundCoop>> = async (
  scope,
  { feeRate, fundSplit, boardSeats, founder, letterhead, opening, ...card },
) => {
  refuseIf(objectionToFounding(await coopCard(viewOf(scope))));
  const id = scope.id();
  await saveCoop(scope, { id, ...card, letterhead: readLetterhead(card.country, letterhead) });
  await foundBylaws(scope, {
    "fee.rate": bylawRegister["fee.rate"].schema.encode(feeRate),
    "fund.split": bylawRegister["fund.split"].schema.encode(fundSplit),
    ...(boardSeats === undefined ? {} : { "board.seats": { members: boardSeats } }),
  });
  if (opening) await savePlan(scope, opening);
  await plantRoot(scope, card);
  await welcomeFounder(scope, founder);
  scope.emit({
    type: "coop.founded",
    subject: id,
    body: { name: card.name, country: card.country, currency: card.currency },
    about: ["coop"],
  });
  return { name: card.name };
};
