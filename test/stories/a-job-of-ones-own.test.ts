// The same job with a client of the member's own: declared, signed by a mailed link, and from the hand-in on told in the very same steps.
import { lookAt } from "../support/browser.ts";
import { tell } from "./telling.ts";
import { spoken } from "./words.ts";

tell({
  language: "fr",
  says: spoken.fr,
  way: "declaration",
  // What both ways share is looked at where it is told by bid.
  look: async (t, page, name) => (name.startsWith("own-") ? lookAt(t, page, `fr-${name}`) : undefined),
});
