// What every page stands in: the document, the context that screens ask through, and the pages for what went wrong.
import { readCoop, readSession } from "@partcommune/shared/platform/api";
import type { QueryClient } from "@tanstack/react-query";
import { createRootRouteWithContext, HeadContent, Outlet, Scripts } from "@tanstack/react-router";
import type { ReactNode } from "react";
import { Speaking, type Domain, type Speech } from "./i18n.tsx";
import { useLeft, useWanted, wanted, type Call } from "./call.tsx";
import { Live } from "./live.tsx";
import { headOf } from "./head.ts";
import { Telling } from "./said.tsx";
import { schemeScript } from "./theme.tsx";
import { Shell } from "./parts/shell.tsx";
import { Absent, Failed } from "./parts/trouble.tsx";

export type Reading = {
  readonly query: QueryClient;
  readonly call: Call;
  readonly speech: Speech;
  /** Scheme and host, for canonical and alternate links. */
  readonly origin: string;
  readonly nonce?: string;
};

declare module "@tanstack/react-router" {
  interface StaticDataRouteOption {
    /** The file of the screen, by which the server finds its built chunks and announces them in the head. */
    readonly screen?: string;
    /** The id of the title of the page. */
    readonly title?: string;
    /** The domains whose texts the screen uses besides the shell's. */
    readonly speaks?: readonly Domain[];
  }
}

export const rootRoute = createRootRouteWithContext<Reading>()({
  beforeLoad: ({ context, matches }) => context.speech.learn(["platform", ...matches.flatMap(({ staticData }) => staticData.speaks ?? [])]),
  loader: async ({ context: { query, call } }) => {
    const [coop] = await Promise.all([
      query.ensureQueryData(wanted(call, readCoop, {})),
      query.ensureQueryData(wanted(call, readSession, {})),
    ]);
    return coop;
  },
  head: ({ match, matches, loaderData }) => headOf(match.context, matches, loaderData?.name),
  shellComponent: Document,
  component: Page,
  notFoundComponent: Absent,
  errorComponent: Failed,
});

function Document({ children }: { readonly children: ReactNode }) {
  const { speech, nonce } = rootRoute.useRouteContext();
  return (
    <html lang={speech.language} suppressHydrationWarning>
      <head>
        <meta charSet="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        {/* The browser hides the nonce from scripts once it has read it, so it never equals what is rendered again. */}
        <script nonce={nonce} suppressHydrationWarning dangerouslySetInnerHTML={{ __html: schemeScript }} />
        <HeadContent />
      </head>
      <body>
        <Speaking speech={speech}>{children}</Speaking>
        <Scripts />
      </body>
    </html>
  );
}

function Page() {
  const { person } = useWanted(readSession, {});
  const left = useLeft();
  return (
    <Telling>
      <Live on={person !== undefined && !left}>
        <Shell>
          <Outlet />
        </Shell>
      </Live>
    </Telling>
  );
}
