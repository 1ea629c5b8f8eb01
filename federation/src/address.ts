// Which addresses of the internet may be called: those that are for everybody, and none besides.
import { BlockList, isIPv4, isIPv6 } from "node:net";

// What is not for everybody (IANA IPv4 Special-Purpose Address Registry), and one public address at which a cloud keeps secrets of its guests.
const closed = rangesOf("ipv4", [
  "0.0.0.0/8",
  "10.0.0.0/8",
  "100.64.0.0/10",
  "127.0.0.0/8",
  "168.63.129.16/32",
  "169.254.0.0/16",
  "172.16.0.0/12",
  "192.0.0.0/24",
  "192.0.2.0/24",
  "192.88.99.0/24",
  "192.168.0.0/16",
  "198.18.0.0/15",
  "198.51.100.0/24",
  "203.0.113.0/24",
  "224.0.0.0/4",
  "240.0.0.0/4",
]);
// The only range of IPv6 that is handed out to networks (IANA IPv6 Global Unicast Address Assignments), and what in it is for other ends:
// protocols, Teredo among them; examples; 6to4, which carries any address of IPv4 inside.
const open6 = rangesOf("ipv6", ["2000::/3"]);
const closed6 = rangesOf("ipv6", ["2001::/23", "2001:db8::/32", "2002::/16", "3fff::/20"]);
// An address of IPv4 in the clothes of IPv6, mapped or by way of a translator (RFC 4291, RFC 6052): it is what it carries.
const carrying = rangesOf("ipv6", ["64:ff9b::/96"]);
const mapped = /^::ffff:[^:]+:[^:]+$/;

function rangesOf(family: "ipv4" | "ipv6", ranges: readonly string[]): BlockList {
  const list = new BlockList();
  for (const range of ranges) {
    const [net = "", bits] = range.split("/");
    list.addSubnet(net, Number(bits), family);
  }
  return list;
}

/** Whether an address is one that everybody may call. */
export function isPublicAddress(ip: string): boolean {
  if (isIPv4(ip)) return !closed.check(ip, "ipv4");
  if (!isIPv6(ip) || ip.includes("%")) return false;
  const written = new URL(`http://[${ip}]`).hostname.slice(1, -1);
  if (mapped.test(written) || carrying.check(ip, "ipv6")) return !closed.check(carriedBy(written), "ipv4");
  return open6.check(ip, "ipv6") && !closed6.check(ip, "ipv6");
}

/** The address of IPv4 in the last 32 bits of one of IPv6, written as a URL writes it. */
function carriedBy(written: string): string {
  const [high = 0, low = 0] = written
    .split(":")
    .slice(-2)
    .map((group) => Number.parseInt(group || "0", 16));
  return [high >> 8, high & 255, low >> 8, low & 255].join(".");
}

/** Whether an address is this computer itself. */
export const isLoopback = (ip: string): boolean => ip === "::1" || (isIPv4(ip) && ip.startsWith("127."));
