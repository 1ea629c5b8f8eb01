// What higher domains may use of money.
export { expireHolds } from "./actions/expire-holds.ts";
export { firstBrokenSeal, sealEntries, type Sealing } from "./actions/seal.ts";
export { setFloor } from "./store/accounts.ts";
export { fundSums, lastFees, potMovements, type FundSums } from "./store/fund.ts";
export { placeHold, releaseHold } from "./store/holds.ts";
export {
  balanceOf,
  balancesUnder,
  entriesOf,
  entryByKey,
  openBook,
  post,
  trialBalance,
  type Balance,
  type Booked,
  type Posted,
} from "./store/ledger.ts";
