// What higher domains may use of governance.
export { bylawIn } from "./store.ts";
export { bylawsWanted, valuesOf } from "./store/wanted.ts";
