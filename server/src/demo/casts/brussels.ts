// Atelier Commun: the demo of npm start, and the first of the sisters.
import type { Cast } from "../cast.ts";
import { crowd, endowments, founding, leads } from "./brussels/house.ts";
import { words } from "./brussels/words.ts";
import { pitches, works } from "./brussels/works.ts";

export const brussels: Cast = { seed: "la part commune", language: "fr", founding, endowments, leads, crowd, works, pitches, words };
