// The bell: how much is new, on every page of whoever is signed in, live.
import { readBell } from "@partcommune/shared/platform/api/notices";
import { useQuery } from "@tanstack/react-query";
import { useRouteContext } from "@tanstack/react-router";
import { Link } from "../../ui/link.tsx";
import { wanted } from "../call.tsx";
import { useT } from "../i18n.tsx";
import { useLive } from "../live.tsx";

/** How many notices are not read; none until the page is awake, so that no page waits for it. */
export function useBell(person: string): number {
  const { call } = useRouteContext({ from: "__root__" });
  useLive(`person:${person}`);
  return useQuery(wanted(call, readBell, {}, `person:${person}`)).data?.count ?? 0;
}

export function Bell({ person }: { readonly person: string }) {
  const t = useT();
  const count = useBell(person);
  return (
    <Link to="/my/messages">
      {t("platform.news.title")}
      {count > 0 ? (
        <>
          {" "}
          <span className="bell">
            {count}
            <span className="heard"> {t("platform.news.unread", { count })}</span>
          </span>
        </>
      ) : undefined}
    </Link>
  );
}
