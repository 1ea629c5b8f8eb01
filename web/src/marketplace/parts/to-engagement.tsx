// From a job that was awarded to the engagement it became, for its two sides.
import { listEngagements } from "@partcommune/shared/marketplace/api";
import { useWanted } from "../../platform/call.tsx";
import { useT } from "../../platform/i18n.tsx";
import { Link } from "../../ui/link.tsx";

export function ToEngagement({ job }: { readonly job: string }) {
  const t = useT();
  const { items } = useWanted(listEngagements, {}, `job:${job}`);
  const found = items.find((engagement) => engagement.job === job && engagement.state !== "lapsed");
  if (!found) return undefined;
  return (
    <Link to={`/my/engagements/${found.id}`} className="button">
      {t("marketplace.engagement.see")}
    </Link>
  );
}
