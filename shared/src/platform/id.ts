// Names of things: UUIDv7 in lower case, made where the world is passed in, opaque everywhere else.

export type Id = string;

export const idPattern = /^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;

export const isId = (text: string): boolean => idPattern.test(text);

/** A UUIDv7 (RFC 9562) from a time in milliseconds and ten random bytes. Of several at one time, `nth` keeps the first 4 096 in their order (section 6.2, method 1). */
export function uuidv7(ms: number, random: Uint8Array, nth?: number): Id {
  const bytes = new Uint8Array(16);
  for (let at = 0, left = BigInt(ms); at < 6; at += 1) bytes[at] = Number((left >> BigInt(8 * (5 - at))) & 255n);
  bytes.set(random.subarray(0, 10), 6);
  if (nth !== undefined) new DataView(bytes.buffer).setUint16(6, Math.min(nth, 0xfff));
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x70;
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80;
  const hex = Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join("-");
}
