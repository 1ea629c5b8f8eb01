// What higher domains may use of the mutual fund.
export { promiseGuarantee, releasePromise, type Signing } from "./actions/guarantee.ts";
export { promiseOf } from "./store/promises.ts";
