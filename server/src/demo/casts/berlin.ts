// Werkhof Neun: the sister in Berlin. Its jobs are in German; its pages speak English, as long as they speak no German.
import type { Cast } from "../cast.ts";
import { crowd, endowments, founding, leads } from "./berlin/house.ts";
import { words } from "./berlin/words.ts";
import { pitches, works } from "./berlin/works.ts";

export const berlin: Cast = { seed: "der gemeinsame Hof", language: "en", founding, endowments, leads, crowd, works, pitches, words };
