// The one door that takes a form: a mail program switches notices off by itself, without a session and without asking (RFC 8058).
import type { FastifyInstance } from "fastify";
import { unsubscribe as endpoint } from "@partcommune/shared/platform/api/notices";
import { visitor } from "@partcommune/shared/platform/actor";
import type { Perform } from "../perform.ts";
import { refuseUnless } from "../refused.ts";
import { unsubscribe } from "./actions.ts";

const verb = { name: "notices.oneClick", input: endpoint.input, answer: endpoint.answer, status: 200 };
const longestForm = 1_000;

/** Opens `POST /unsubscribe/<link>`; reading that address is a page, which asks first. */
export async function openOneClick(app: FastifyInstance, perform: Perform): Promise<void> {
  // Forms are understood inside this room alone; every other door takes JSON.
  await app.register(async (room) => {
    const types = ["application/x-www-form-urlencoded", "multipart/form-data"];
    room.addContentTypeParser(types, { parseAs: "string", bodyLimit: longestForm }, async (_: unknown, body: string) => body);
    room.post<{ Params: { link: string } }>(
      "/unsubscribe/:link",
      { config: { rateLimit: { max: endpoint.perMinute ?? 30, timeWindow: 60_000 } } },
      async (request, reply) => {
        const body = typeof request.body === "string" ? request.body : "";
        refuseUnless(/List-Unsubscribe\b[^]*One-Click/.test(body), "unreadable");
        const call = { key: `one-click:${request.id}`, cause: request.id };
        await perform(visitor, verb, unsubscribe, { link: request.params.link }, call);
        return reply.code(200).send();
      },
    );
  });
}
