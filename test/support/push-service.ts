// A push service on this machine with browsers of its own: it checks who signed a message (RFC 8292) and opens it as a browser would (RFC 8188, RFC 8291).
import { createDecipheriv, createECDH, createPublicKey, hkdfSync, randomBytes, verify, type ECDH } from "node:crypto";
import { createServer, type IncomingHttpHeaders } from "node:http";
import type { AddressInfo } from "node:net";
import type { Test } from "tap";

/** A message that arrived, opened. */
export type Arrived = {
  readonly device: string;
  readonly message: { readonly says: string; readonly language: string; readonly topic: string; readonly path: string };
  readonly headers: IncomingHttpHeaders;
  /** What the signature claims, and the key it was made with. */
  readonly signed: { readonly aud: string; readonly sub: string; readonly exp: number; readonly key: string };
};

export type Subscription = { readonly endpoint: string; readonly p256dh: string; readonly auth: string };

export type PushService = {
  readonly origin: string;
  readonly arrived: Arrived[];
  /** Addresses that were asked for, opened or not. */
  readonly asked: string[];
  /** A browser that subscribed here. */
  readonly browser: (name: string) => Subscription;
  /** How it answers from now on. */
  readonly answer: (status: number, headers?: Readonly<Record<string, string>>) => void;
};

type Browser = { readonly pair: ECDH; readonly auth: Buffer };

export async function openPushService(t: Test): Promise<PushService> {
  const browsers = new Map<string, Browser>();
  const [arrived, asked]: [Arrived[], string[]] = [[], []];
  let answering: { status: number; headers: Readonly<Record<string, string>> } = { status: 201, headers: {} };
  const server = createServer(async (request, reply) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const name = (request.url ?? "").slice(1);
    asked.push(name);
    const browser = browsers.get(name);
    const opened = browser && { device: name, message: JSON.parse(openedBy(browser, Buffer.concat(chunks))) as Arrived["message"] };
    if (opened && answering.status === 201) arrived.push({ ...opened, headers: request.headers, signed: signedIn(request.headers) });
    reply.writeHead(answering.status, answering.headers).end();
  });
  await new Promise<void>((open) => server.listen(0, "127.0.0.1", open));
  t.teardown(() => server.close());
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    origin,
    arrived,
    asked,
    browser: (name) => {
      const browser = { pair: createECDH("prime256v1"), auth: randomBytes(16) };
      browsers.set(name, browser);
      return { endpoint: `${origin}/${name}`, p256dh: browser.pair.generateKeys("base64url"), auth: browser.auth.toString("base64url") };
    },
    answer: (status, headers = {}) => void (answering = { status, headers }),
  };
}

const derived = (key: Buffer, salt: Buffer, about: Buffer | string, length: number): Buffer =>
  Buffer.from(hkdfSync("sha256", key, salt, about, length));

/** One record of aes128gcm: salt, size, the sender's key, then the sealed text, which ends with 2. */
function openedBy({ pair, auth }: Browser, body: Buffer): string {
  const [salt, length] = [body.subarray(0, 16), body[20] ?? 0];
  const [sender, sealed] = [body.subarray(21, 21 + length), body.subarray(21 + length)];
  const about = Buffer.concat([Buffer.from("WebPush: info\0"), pair.getPublicKey(), sender]);
  const shared = derived(pair.computeSecret(sender), auth, about, 32);
  const key = derived(shared, salt, "Content-Encoding: aes128gcm\0", 16);
  const nonce = derived(shared, salt, "Content-Encoding: nonce\0", 12);
  const decipher = createDecipheriv("aes-128-gcm", key, nonce).setAuthTag(sealed.subarray(-16));
  const text = Buffer.concat([decipher.update(sealed.subarray(0, -16)), decipher.final()]);
  return text.subarray(0, text.lastIndexOf(2)).toString("utf8");
}

/** The claims of `vapid t=<token>, k=<key>`; throws when the key did not make the signature. */
function signedIn({ authorization = "" }: IncomingHttpHeaders): Arrived["signed"] {
  const [, token = "", key = ""] = /^vapid t=([\w.-]+), k=([\w-]+)$/.exec(authorization) ?? [];
  const [head = "", claims = "", signature = ""] = token.split(".");
  const point = Buffer.from(key, "base64url");
  const [x, y] = [point.subarray(1, 33).toString("base64url"), point.subarray(33).toString("base64url")];
  const by = createPublicKey({ key: { kty: "EC", crv: "P-256", x, y }, format: "jwk" });
  const holds = verify(
    "sha256",
    Buffer.from(`${head}.${claims}`),
    { key: by, dsaEncoding: "ieee-p1363" },
    Buffer.from(signature, "base64url"),
  );
  if (!holds) throw new Error("nobody signed this message");
  return { ...(JSON.parse(Buffer.from(claims, "base64url").toString("utf8")) as Omit<Arrived["signed"], "key">), key };
}
