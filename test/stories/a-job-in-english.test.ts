// The same job in English: in a file of its own, so that the two languages are told at the same time. Axe reads it in French.
import { glanceAt } from "../support/browser.ts";
import { tell } from "./telling.ts";
import { spoken } from "./words.ts";

tell({ language: "en", says: spoken.en, way: "bid", look: (t, page, name) => glanceAt(t, page, `en-${name}`) });
