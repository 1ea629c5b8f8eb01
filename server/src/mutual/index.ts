// What higher domains may use of the mutual fund.
export { oweMember, promiseGuarantee, promiseIfSigned, releasePromise, type Owed, type Signing } from "./actions/guarantee.ts";
export { promiseOf } from "./store/promises.ts";
