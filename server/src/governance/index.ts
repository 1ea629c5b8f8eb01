// What higher domains may use of governance.
export { bylawIn } from "./store/bylaws.ts";
