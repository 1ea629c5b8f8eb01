// An earlier wording of a proposal, as it stood.
import { readRevision } from "@partcommune/shared/governance/api";
import { getRouteApi } from "@tanstack/react-router";
import { useWanted } from "../../platform/call.tsx";
import { useT } from "../../platform/i18n.tsx";
import { Link } from "../../ui/link.tsx";
import { Markdown } from "../../ui/markdown.tsx";
import { At } from "../../ui/when.tsx";

const route = getRouteApi("/$language/proposals/$proposal/revisions/$version");

export function Revision() {
  const t = useT();
  const { proposal, version } = route.useParams();
  const { title, html, payload, at } = useWanted(readRevision, { proposal, version });
  return (
    <article className="job">
      <h1>{title}</h1>
      <p className="lead">
        {t("votes.revision", { version: Number(version) })}, <At at={at} />
      </p>
      <Markdown html={html} />
      <details className="unfold">
        <summary>{t("votes.payload")}</summary>
        <pre className="code">{JSON.stringify(payload, undefined, 2)}</pre>
      </details>
      <p>
        <Link to={`/proposals/${proposal}`}>{t("votes.revision.newest")}</Link>
      </p>
    </article>
  );
}
