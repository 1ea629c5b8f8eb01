// Wakes the rendered page up in the browser.
import "@fontsource-variable/atkinson-hyperlegible-next/index.css";
import "@fontsource-variable/bricolage-grotesque/index.css";
import "../ui/style.css";
import { readSession } from "@partcommune/shared/platform/api";
import type { ToldOf } from "@partcommune/shared/platform/endpoint";
import { RouterClient } from "@tanstack/react-router/ssr/client";
import { StrictMode } from "react";
import { hydrateRoot } from "react-dom/client";
import { browserSend, callOver } from "./call.tsx";
import { isLanguage, speak } from "./i18n.tsx";
import { newQueries, openRouter } from "./router.tsx";

const written = document.documentElement.lang;
const language = isLanguage(written) ? written : "en";
const speech = speak(language);
const query = newQueries();
const isPersons = (): boolean => query.getQueryData<ToldOf<typeof readSession>>([readSession.path, {}])?.person !== undefined;
const router = openRouter({ query, call: callOver(browserSend(language, isPersons)), speech, origin: location.origin });

// The texts of this page have to be there before React compares what it would say with what stands there.
const matches = router.matchRoutes(router.latestLocation);
await speech.learn(["platform", ...matches.flatMap(({ staticData }) => staticData.speaks ?? [])]);

hydrateRoot(
  document,
  <StrictMode>
    <RouterClient router={router} />
  </StrictMode>,
);
