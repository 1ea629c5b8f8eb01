// How others find us: WebFinger and NodeInfo.
import type { FastifyInstance } from "fastify";
import { nodeinfoAnswer, nodeinfoLinks, webfingerAnswer } from "@partcommune/federation/discovery";
import { countMembers } from "../../membership/index.ts";
import { version } from "../../platform/version.ts";
import { coopCard } from "../../platform/store.ts";
import { found } from "../../platform/refused.ts";
import type { Edge } from "./edge.ts";

export function openDiscovery(app: FastifyInstance, { view }: Edge): void {
  app.get<{ Querystring: { resource?: unknown } }>("/.well-known/webfinger", async ({ query: { resource } }, reply) => {
    const { origin } = view();
    const answer = typeof resource === "string" && (await coopCard(view())).founded ? webfingerAnswer(resource, origin) : undefined;
    return reply
      .type("application/jrd+json")
      .header("access-control-allow-origin", "*")
      .send(JSON.stringify(found(answer)));
  });
  app.get("/.well-known/nodeinfo", async (_, reply) => reply.type("application/json").send(JSON.stringify(nodeinfoLinks(view().origin))));
  app.get("/nodeinfo/2.1", async (_, reply) => {
    const { name } = await coopCard(view());
    const members = await countMembers(view());
    const type = 'application/json; profile="http://nodeinfo.diaspora.software/ns/schema/2.1#"';
    return reply.type(type).send(JSON.stringify(nodeinfoAnswer({ name, version, members, openRegistrations: true })));
  });
}
