// One job from nothing to paid, in a real browser, in both languages: posted, bid on, signed, worked, approved, paid.
import { lookAt } from "../support/browser.ts";
import { spoken, tell } from "./telling.ts";

for (const [language, says] of Object.entries(spoken))
  tell({ language, says, way: "bid", look: (t, page, name) => lookAt(t, page, `${language}-${name}`) });
