// Where a call may go: to names that everybody can resolve, at addresses that everybody may call, and nowhere else.
import { isIP } from "node:net";
import { isLoopback, isPublicAddress } from "../address.ts";

export interface Surroundings {
  /** All addresses of a name. */
  resolve(name: string): Promise<readonly string[]>;
  /** Whether this computer itself may be called too, without https and under names of `localhost`: for coops that try each other out. */
  readonly allowPrivate: boolean;
  /** The port that was set for a sister, where it is not the usual one. */
  portOf?(name: string): number | undefined;
}

const publicName = /^(?=.{4,253}$)(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z](?:[a-z0-9-]{0,61}[a-z0-9])$/;
const localName = /^(?:[a-z0-9-]+\.)*localhost$/;

/** The address of a text, where it is one that may be called at all; what its name resolves to is asked later. */
export function callable(text: string, surroundings: Surroundings): URL | undefined {
  const url = URL.parse(text);
  if (!url || url.username !== "" || url.password !== "" || !isOpenPort(url, surroundings)) return undefined;
  url.hash = "";
  const { allowPrivate } = surroundings;
  if (url.protocol !== "https:" && !(allowPrivate && url.protocol === "http:")) return undefined;
  const name = nameOf(url);
  if (isIP(name) !== 0) return allowPrivate && isLoopback(name) ? url : undefined;
  return localName.test(name) ? (allowPrivate ? url : undefined) : publicName.test(name) ? url : undefined;
}

const nameOf = ({ hostname }: URL): string => hostname.replaceAll(/^\[|\]$/g, "");

const isOpenPort = (url: URL, { allowPrivate, portOf }: Surroundings): boolean =>
  url.port === "" || allowPrivate || Number(url.port) === portOf?.(url.hostname);

/** The addresses to call a URL at: all that its name has, or none when one of them is not for everybody. */
export async function addressesOf(url: URL, { resolve, allowPrivate }: Surroundings): Promise<readonly string[] | undefined> {
  const name = nameOf(url);
  if (isIP(name) !== 0) return [name];
  // Resolved here: a system may not know these names.
  if (localName.test(name)) return ["127.0.0.1"];
  const found = await resolve(name);
  return found.every((ip) => isPublicAddress(ip) || (allowPrivate && isLoopback(ip))) ? found : undefined;
}
