// Renders a page on the server: the same routes, questions and components as in the browser.
import { createRequestHandler, renderRouterToString, RouterServer } from "@tanstack/react-router/ssr/server";
import type { Assets, PageAnswer, PageRequest, RenderDocument } from "@partcommune/shared/platform/page";
import { callOver } from "./call.tsx";
import { speak } from "./i18n.tsx";
import { newQueries, openRouter } from "./router.tsx";

type Built = {
  readonly file: string;
  readonly css?: readonly string[];
  readonly imports?: readonly string[];
  readonly assets?: readonly string[];
};

const entry = "src/platform/browser.tsx";

/** Renders the document for one request. */
export const renderDocument: RenderDocument = async ({ url, origin, language, nonce, assets, call }: PageRequest): Promise<PageAnswer> => {
  const createOne = () => openRouter({ query: newQueries(), call: callOver(call), speech: speak(language), origin, nonce });
  const handler = createRequestHandler({ createRouter: createOne, request: new Request(new URL(url, origin)) });
  const response = await handler(({ router, responseHeaders }) =>
    renderRouterToString({ router, responseHeaders, children: <RouterServer router={router} /> }),
  );
  const html = (await response.text()).replace("</head>", `${linksTo(assets, nonce)}</head>`);
  return { status: response.status, headers: Object.fromEntries(response.headers), html };
};

/** Style, fonts and script of the built entry. React skips what it did not put into the head itself. */
function linksTo({ manifest }: Assets, nonce: string): string {
  const built = (manifest as Readonly<Record<string, Built>>)[entry];
  if (!built) throw new Error("the built pages have no browser entry");
  const styles = (built.css ?? []).map((file) => `<link rel="stylesheet" href="/${file}">`);
  const fonts = Object.entries(manifest as Readonly<Record<string, Built>>)
    .filter(([source]) => source.endsWith("latin-wght-normal.woff2") && !source.includes("latin-ext"))
    .map(([, { file }]) => `<link rel="preload" as="font" type="font/woff2" crossorigin href="/${file}">`);
  return [...fonts, ...styles, `<script type="module" nonce="${nonce}" src="/${built.file}"></script>`].join("");
}
