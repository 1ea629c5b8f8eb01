// The community's door for the clock.
import { z } from "zod";
import { IdText, Nothing } from "@partcommune/shared/platform/api";
import { duty, type Duty } from "../platform/domain.ts";
import { lapseOffer } from "./actions/answers.ts";
import { endForgotten } from "./actions/assemblies.ts";
import { assembliesForgotten } from "./store/assemblies.ts";
import { offersToLapse } from "./store/answers.ts";

export const duties: readonly Duty[] = [
  duty({
    verb: { name: "assembly.end", input: z.strictObject({ gathering: IdText }), answer: Nothing, status: 200 },
    due: async (view) =>
      (await assembliesForgotten(view)).map(({ id, state, at }) => ({ key: `${id}:${state}:${at}`, input: { gathering: id } })),
    act: endForgotten,
  }),
  duty({
    verb: { name: "place.lapse", input: z.strictObject({ gathering: IdText, person: IdText }), answer: Nothing, status: 200 },
    due: async (view) =>
      (await offersToLapse(view)).map(({ gathering, person, at }) => ({
        key: `${gathering}:${person}:${at}`,
        input: { gathering, person },
      })),
    act: lapseOffer,
  }),
];
