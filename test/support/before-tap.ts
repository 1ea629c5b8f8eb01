// Loaded by a lane before anything else: brings tap, and with it our own way to tell whose an uncaught error is.
import { registerHooks } from "node:module";

const url = new URL("uncaught.ts", import.meta.url).href;
const instead = registerHooks({
  resolve: (name, context, next) => (name === "async-hook-domain" ? { url, shortCircuit: true } : next(name, context)),
});
await import("tap");
instead.deregister();
