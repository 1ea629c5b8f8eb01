// The language of a page is the first word of its address.
import { createRoute, notFound, Outlet } from "@tanstack/react-router";
import { isLanguage } from "./i18n.tsx";
import { rootRoute } from "./root.tsx";

export const languageRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: "/$language",
  beforeLoad: ({ params }) => {
    if (!isLanguage(params.language)) throw notFound();
  },
  component: Outlet,
});
