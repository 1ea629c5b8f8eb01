// How a thing of ours is named where banks allow thirty-five plain signs: its id as base32 (RFC 4648), which comes back on the statement.
import type { Id } from "../../platform/id.ts";

const signs = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
const length = 26;

/** The 128 bits of an id in 26 signs, the last two bits zero. */
export function bankIdOf(id: Id): string {
  const bits = BigInt(`0x${id.replaceAll("-", "")}`) << 2n;
  return Array.from({ length }, (_, at) => signs[Number((bits >> BigInt(5 * (length - 1 - at))) & 31n)]).join("");
}

/** The id that such a name stands for; undefined where it is none of ours. */
export function idOfBankId(text: string): Id | undefined {
  if (text.length !== length || !/^[A-Z2-7]+$/.test(text)) return undefined;
  const bits = Array.from(text).reduce((all, sign) => (all << 5n) | BigInt(signs.indexOf(sign)), 0n);
  if ((bits & 3n) !== 0n) return undefined;
  const hex = (bits >> 2n).toString(16).padStart(32, "0");
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join("-");
}
