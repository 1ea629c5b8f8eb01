// What one was told of, newest first: each leads to its thing, and what is new says so.
import { readSession } from "@partcommune/shared/platform/api";
import { listNotices, markNoticesRead } from "@partcommune/shared/platform/api/notices";
import type { ToldOf } from "@partcommune/shared/platform/endpoint";
import { pathOf } from "@partcommune/shared/platform/rules/notices";
import { useQueryClient } from "@tanstack/react-query";
import { useEffect } from "react";
import { useAct, useWanted } from "../call.tsx";
import { useT } from "../i18n.tsx";
import { Form } from "../../ui/form.tsx";
import { Link } from "../../ui/link.tsx";
import { At } from "../../ui/when.tsx";
import { useBell } from "../parts/bell.tsx";

export function News() {
  const t = useT();
  const { person } = useWanted(readSession, {});
  const { items } = useWanted(listNotices, {});
  useFresh(useBell(person?.id ?? ""));
  const newest = items[0];
  return (
    <section>
      <h1>{t("platform.news.title")}</h1>
      {items.length === 0 ? <p role="status">{t("platform.news.empty")}</p> : undefined}
      {newest && items.some(({ read }) => !read) ? <ReadAll upTo={newest.id} /> : undefined}
      <ul className="rows">
        {items.map((notice) => (
          <Row key={notice.id} notice={notice} />
        ))}
      </ul>
      <p>
        <Link to="/my/settings">{t("platform.news.choices")}</Link>
      </p>
    </section>
  );
}

/** The list follows the bell. */
function useFresh(count: number): void {
  const query = useQueryClient();
  useEffect(() => void query.invalidateQueries({ queryKey: [listNotices.path] }), [query, count]);
}

function Row({ notice: { kind, place, subject, values, at, read } }: { readonly notice: ToldOf<typeof listNotices>["items"][number] }) {
  const t = useT();
  return (
    <li>
      <Link to={pathOf(place, subject)}>{t(`platform.notice.${kind}`, values)}</Link>
      <p className="hint">
        {read ? undefined : <strong>{t("platform.news.new")} · </strong>}
        <At at={at} />
      </p>
    </li>
  );
}

function ReadAll({ upTo }: { readonly upTo: string }) {
  const t = useT();
  const { act, busy, refusal } = useAct(markNoticesRead);
  return <Form act={async () => void (await act({ upTo }))} says={t("platform.news.readAll")} busy={busy} ready refusal={refusal} />;
}
