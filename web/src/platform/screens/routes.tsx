// The platform's own pages: what one was told of, and the page behind the link that ends its mail.
import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import { listNotices } from "@partcommune/shared/platform/api/notices";
import { orAbsent, wanted } from "../call.tsx";
import { languageRoute } from "../language.tsx";

const news = createRoute({
  getParentRoute: () => languageRoute,
  path: "/my/messages",
  staticData: { screen: "src/platform/screens/news.tsx", speaks: ["notices"], title: "platform.news.title" },
  loader: ({ context: { query, call } }) => orAbsent(query.ensureQueryData(wanted(call, listNotices, {}))),
  component: lazyRouteComponent(() => import("./news.tsx"), "News"),
});

const unsubscribe = createRoute({
  getParentRoute: () => languageRoute,
  path: "/unsubscribe/$link",
  staticData: { screen: "src/platform/screens/unsubscribe.tsx", title: "platform.unsubscribe.title" },
  component: lazyRouteComponent(() => import("./unsubscribe.tsx"), "Unsubscribe"),
});

export const routes = [news, unsubscribe] as const;
