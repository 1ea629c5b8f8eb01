// The peer of the inbox: Fedify with a listener that writes each activity into PostgreSQL before it is answered, in a process of its own.
import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { createFederation, MemoryKvStore } from "@fedify/fedify";
import { Activity, Group } from "@fedify/vocab";
import { Pool } from "pg";

const pool = new Pool({ connectionString: process.env["DATABASE_URL"], max: 16, idleTimeoutMillis: 0 });
await pool.query(
  "create table fedify_inbox (id text primary key, actor text not null, document jsonb not null, at timestamptz not null default now())",
);

const federation = createFederation<void>({ kv: new MemoryKvStore(), allowPrivateAddress: true });
federation
  .setActorDispatcher("/{identifier}", (context, identifier) => new Group({ id: context.getActorUri(identifier) }))
  .setKeyPairsDispatcher(() => []);
federation.setInboxListeners("/{identifier}/inbox").on(Activity, async (_, activity) => {
  await pool.query("insert into fedify_inbox (id, actor, document) values ($1, $2, $3) on conflict (id) do nothing", [
    activity.id?.href,
    activity.actorId?.href,
    JSON.stringify(await activity.toJsonLd()),
  ]);
});

const server = createServer().listen(0, "127.0.0.1");
await once(server, "listening");
const origin = `http://localhost:${(server.address() as AddressInfo).port}`;
server.on("request", async (incoming, reply): Promise<void> => {
  const body = Buffer.concat((await incoming.toArray()) as Buffer[]);
  const headers = incoming.headers as Record<string, string>;
  const said = await federation.fetch(new Request(new URL(incoming.url ?? "/", origin), { method: "POST", headers, body }), {
    contextData: undefined,
  });
  reply.writeHead(said.status).end(await said.text());
});
process.send?.(origin);
