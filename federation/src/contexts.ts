// The contexts that documents of other servers name, kept here, since none is ever fetched: whoever serves one could change what every document means.
import { readFileSync } from "node:fs";
import { join } from "node:path";

/** Each context by the address it is named by. The files are as their authors publish them. */
export const bundled: Readonly<Record<string, string>> = {
  "https://www.w3.org/ns/activitystreams": "activitystreams",
  "https://w3id.org/security/v1": "security-v1",
  "https://w3id.org/security/data-integrity/v1": "security-data-integrity-v1",
  "https://w3id.org/security/data-integrity/v2": "security-data-integrity-v2",
  "https://w3id.org/security/multikey/v1": "security-multikey-v1",
  "https://www.w3.org/ns/cid/v1": "cid-v1",
  "https://www.w3.org/ns/did/v1": "did-v1",
  "https://w3id.org/identity/v1": "identity-v1",
  "https://gotosocial.org/ns": "gotosocial",
  "http://joinmastodon.org/ns": "joinmastodon",
  "https://purl.archive.org/socialweb/webfinger": "webfinger",
  "https://purl.archive.org/miscellany": "miscellany",
  "https://join-lemmy.org/context.json": "join-lemmy",
  "https://w3id.org/fep/5711": "fep-5711",
  "https://w3id.org/fep/ef61": "fep-ef61",
};

/** Where the file of a context lies. */
export const fileOf = (name: string): string => join(import.meta.dirname, "contexts", `${name}.json`);

const read = new Map<string, object>();

/** The context of an address; undefined for one we do not keep, whose terms are then unknown. */
export function bundledContext(url: string): object | undefined {
  const name = Object.hasOwn(bundled, url) ? bundled[url] : undefined;
  if (name === undefined) return undefined;
  const context = read.get(name) ?? (JSON.parse(readFileSync(fileOf(name), "utf8")) as object);
  read.set(name, context);
  return context;
}
