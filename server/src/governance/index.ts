// What higher domains may use of governance.
export { bylawsWanted, valuesOf } from "./store/wanted.ts";
export { bylawIn } from "./store/bylaws.ts";
