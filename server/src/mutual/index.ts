// What higher domains may use of the mutual fund.
export { answerAddition, promiseAddition, type Raised } from "./actions/addition.ts";
export {
  lowerPromise,
  movePromise,
  oweMember,
  promiseGuarantee,
  promiseIfSigned,
  releasePromise,
  type Lowering,
  type Owed,
  type Signing,
} from "./actions/guarantee.ts";
export { guaranteeCounters } from "./store/counters.ts";
export { promiseOf } from "./store/promises.ts";
export { rehearse } from "./actions/rehearsing.ts";
export { windDownFiles, type Piece } from "./actions/winding-down.ts";
export { checkingWindDown } from "./actions/wind-down-check.ts";
