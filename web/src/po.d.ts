// What the lingui plugin makes of a file of texts.
declare module "*.po" {
  import type { Messages } from "@lingui/core";
  export const messages: Messages;
}
