// One job from nothing to paid, in a real browser, in French: posted, bid on, signed, worked, approved, paid. In English it is told next door.
import { lookAt } from "../support/browser.ts";
import { tell } from "./telling.ts";
import { spoken } from "./words.ts";

tell({ language: "fr", says: spoken.fr, way: "bid", look: (t, page, name) => lookAt(t, page, `fr-${name}`) });
