// Somebody of a story at a coop's doors: over HTTP, with a cookie of their own, as anyone may walk into a demo.
import { request } from "node:http";
import { enterDemo, listDemoPeople } from "@partcommune/shared/membership/api/demo";
import type { AskedOf, Endpoint, ToldOf } from "@partcommune/shared/platform/endpoint";
import { requestOf, type Request } from "../../platform/caller.ts";
import { realRandom } from "../../platform/world.ts";

export type Person = {
  readonly name: string;
  readonly asks: <E extends Endpoint>(endpoint: E, input: AskedOf<E>) => Promise<ToldOf<E>>;
  /** Walks in once more: who was away for weeks is a visitor to the doors. */
  readonly comesBack: () => Promise<void>;
};

type Answer = { readonly status: number; readonly text: string; readonly cookie: string | undefined };

/** One call. Names under `localhost` are this machine's, whatever its resolver thinks of them. */
function overHttp(origin: string, { method, url, headers = {}, payload }: Request, cookie: string | undefined): Promise<Answer> {
  const { host, port } = new URL(origin);
  return new Promise((told, failed) => {
    const options = { host: "127.0.0.1", port, method, path: url, headers: { ...headers, host, ...(cookie ? { cookie } : {}) } };
    const asked = request(options, (answer) => {
      let text = "";
      answer.setEncoding("utf8").on("data", (part: string) => void (text += part));
      const given = answer.headers["set-cookie"]?.find((each) => each.includes("session"))?.split(";")[0];
      answer.once("end", () => told({ status: answer.statusCode ?? 0, text, cookie: given }));
    });
    asked.once("error", failed).end(payload);
  });
}

/** Somebody who comes in as this person of the demo, or as nobody. What they are refused ends the story. */
function at(origin: string, name: string, person?: string): Person {
  let cookie: string | undefined;
  const asks: Person["asks"] = async (endpoint, input) => {
    const asked = requestOf(endpoint, input, Buffer.from(realRandom(12)).toString("hex"), origin);
    const answer = await overHttp(origin, asked, cookie);
    cookie = answer.cookie ?? cookie;
    if (answer.status >= 400) throw new Error(`${name} may not ${endpoint.method} ${endpoint.path} at ${origin}: ${answer.text}`);
    return JSON.parse(answer.text) as ToldOf<typeof endpoint>;
  };
  const comesBack = async (): Promise<void> => {
    cookie = undefined;
    if (person !== undefined) await asks(enterDemo, { person });
  };
  return { name, asks, comesBack };
}

export const visitorAt = (origin: string): Person => at(origin, "a visitor");

/** One of a demo's people, walked in. */
export async function personAt(origin: string, name: string): Promise<Person> {
  const known = (await visitorAt(origin).asks(listDemoPeople, {})).items.find((each) => each.name === name);
  if (!known) throw new Error(`${name} is not at the door of ${origin}`);
  const person = at(origin, name, known.id);
  await person.comesBack();
  return person;
}
