// La Filature: the sister in Lille.
import type { Cast } from "../cast.ts";
import { crowd, endowments, founding, leads } from "./lille/house.ts";
import { words } from "./lille/words.ts";
import { pitches, works } from "./lille/works.ts";

export const lille: Cast = { seed: "le fil commun", language: "fr", founding, endowments, leads, crowd, works, pitches, words };
