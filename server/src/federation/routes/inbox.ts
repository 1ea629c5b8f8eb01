// Where other servers speak to us: whole requests, kept as the bytes that were signed, and worked off later.
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import type { Inbox } from "@partcommune/federation/circle";
import { admit, type Ports, type Taken, type Verdict } from "@partcommune/federation/inbox";
import type { RawHeaders } from "@partcommune/federation/sign/digest";
import type { Here } from "@partcommune/federation/sign/incoming";
import { millisecondsOf } from "@partcommune/shared/platform/time";
import { keepEvents, type Kept } from "../store/inbox.ts";
import { together } from "../../platform/together.ts";
import { noteHeard } from "../store/lanes.ts";
import type { Edge } from "./edge.ts";

const longest = 262_144;
const activityTypes = [
  /^application\/activity\+json\s*(;|$)/i,
  /^application\/ld\+json\s*;\s*profile="?https:\/\/www\.w3\.org\/ns\/activitystreams"?\s*$/i,
];
const inboxes: Readonly<Record<Inbox, string>> = {
  actor: "/actor/inbox",
  jobs: "/jobs/inbox",
  members: "/members/:member/inbox",
  clients: "/clients/:client/inbox",
  shared: "/inbox",
};

/** Opens the inboxes. What is accepted is in the database before it is answered; what was seen before is answered alike. */
export async function openInbox(app: FastifyInstance, edge: Edge, ports: Ports): Promise<void> {
  const keep: Keep = together(mostAtOnce, (all) => keepEvents(edge.db, edge.world, all));
  await app.register(async (room) => {
    room.removeAllContentTypeParsers();
    for (const type of activityTypes)
      room.addContentTypeParser(type, { parseAs: "buffer", bodyLimit: longest }, async (_: unknown, body: Buffer) => body);
    for (const [inbox, url] of Object.entries(inboxes) as [Inbox, string][])
      room.post(url, async (request, reply) =>
        reply.code(await edge.passage.pass(() => statusOf(edge, ports, keep, inbox, request, reply))).send(),
      );
  });
}

/** The answer says nothing but its number: which question a request failed is nobody's business. */
async function statusOf(edge: Edge, ports: Ports, keep: Keep, inbox: Inbox, request: FastifyRequest, reply: FastifyReply): Promise<number> {
  if (!Buffer.isBuffer(request.body) || request.headers["content-encoding"] !== undefined) return 415;
  if (!(await edge.isFounded())) return 404;
  const here = hereOf(edge);
  const incoming = { method: "POST", target: request.url, headers: headersOf(request), body: request.body };
  const { verdict, kept } = await keptOrNot(() => admit(inbox, incoming, here, ports), ports, keep);
  if (verdict.status !== 202) request.log.warn({ kind: "security", requestId: request.id, inbox, status: verdict.status }, "not admitted");
  if (verdict.status === 429) void reply.header("retry-after", String(Math.ceil(verdict.afterMs / 1000)));
  if (kept) await take(edge, kept, reply);
  return verdict.status;
}

/** What is let in by a footing that holds no more is not kept: it is judged again, by the footing of now. */
async function keptOrNot(
  judge: () => Promise<Verdict>,
  ports: Ports,
  keep: Keep,
): Promise<{ readonly verdict: Verdict; readonly kept?: Kept }> {
  for (;;) {
    const verdict = await judge();
    if (verdict.status !== 202 || !verdict.taken) return { verdict };
    const kept = await keep(verdict.taken);
    if (kept) return { verdict, kept };
    await ports.footings.now(verdict.taken.origin);
  }
}

/** Who we are and when it is, for whoever reads a signature. */
export function hereOf({ view, world }: Edge): Here {
  const { origin } = view();
  return { origin, host: new URL(origin).host, now: millisecondsOf(world.clock()) };
}

type Keep = (taken: Taken) => Promise<Kept | undefined>;
const mostAtOnce = 64;

/** Has what was kept worked off once it is answered. */
async function take({ db, world, wake }: Edge, { host, wasFailing }: Kept, reply: FastifyReply): Promise<void> {
  const isBack = wasFailing && (await noteHeard(db, host, world.clock()));
  reply.raw.once("finish", () => {
    wake("federation.inbox", host);
    if (isBack) wake("federation.delivery", host);
  });
}

/** Headers line by line, as they came: what stands twice must be seen twice. */
export function headersOf({ raw: { rawHeaders } }: FastifyRequest): RawHeaders {
  return Array.from({ length: rawHeaders.length / 2 }, (_, at) => [rawHeaders[2 * at]?.toLowerCase() ?? "", rawHeaders[2 * at + 1] ?? ""]);
}
