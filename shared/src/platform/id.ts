// Names of things: UUIDv7 in lower case, made where the world is passed in, opaque everywhere else.

export type Id = string;

export const idPattern = /^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;

export const isId = (text: string): boolean => idPattern.test(text);

/** A UUIDv7 (RFC 9562) from a time in milliseconds and ten random bytes. Of several at one time, `nth` keeps the first 4 096 in their order (section 6.2, method 1). */
export function uuidv7(ms: number, random: Uint8Array, nth?: number): Id {
  const tail = Uint8Array.from(random.subarray(0, 10));
  if (nth !== undefined) new DataView(tail.buffer).setUint16(0, Math.min(nth, 0xfff));
  tail[0] = ((tail[0] ?? 0) & 0x0f) | 0x70;
  tail[2] = ((tail[2] ?? 0) & 0x3f) | 0x80;
  const time = hex(ms, 12);
  const rest = tail.reduce((text, byte) => text + hex(byte, 2), "");
  return `${time.slice(0, 8)}-${time.slice(8)}-${rest.slice(0, 4)}-${rest.slice(4, 8)}-${rest.slice(8)}`;
}

const hex = (figure: number, digits: number): string => figure.toString(16).padStart(digits, "0");
