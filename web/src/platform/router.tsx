// One router for a request or a tab, with everything screens ask through in its context.
import { createRouter } from "@tanstack/react-router";
import { setupRouterSsrQueryIntegration } from "@tanstack/react-router-ssr-query";
import { QueryClient } from "@tanstack/react-query";
import { routeTree } from "../app.tsx";
import type { Reading } from "./root.tsx";

/** Answers stay fresh for half a minute, so what the server rendered with is not asked a second time. */
const freshMs = 30_000;

export const newQueries = (): QueryClient => new QueryClient({ defaultOptions: { queries: { staleTime: freshMs, retry: false } } });

export function openRouter(reading: Reading) {
  const router = createRouter({
    routeTree,
    context: reading,
    defaultPreload: "intent",
    trailingSlash: "never",
    parseSearch: (text) => Object.fromEntries(new URLSearchParams(text)),
    stringifySearch: addressed,
    ...(reading.nonce ? { ssr: { nonce: reading.nonce } } : {}),
  });
  setupRouterSsrQueryIntegration({ router, queryClient: reading.query });
  return router;
}

/** What stands in an address is plain text, written as a form without script writes it. */
function addressed(search: Readonly<Record<string, unknown>>): string {
  const query = new URLSearchParams(Object.entries(search).flatMap(([name, value]) => (typeof value === "string" ? [[name, value]] : [])));
  return query.size > 0 ? `?${query}` : "";
}

declare module "@tanstack/react-router" {
  interface Register {
    readonly router: ReturnType<typeof openRouter>;
  }
}
