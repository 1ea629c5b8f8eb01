// The treasury's desk between coops: what is owed both ways, how much may be, each claim and each round.
import { listSettling } from "@partcommune/shared/federation/api/settling";
import { readMe } from "@partcommune/shared/membership/api";
import { useWanted } from "../../platform/call.tsx";
import { useT } from "../../platform/i18n.tsx";
import { useLive } from "../../platform/live.tsx";
import { Link } from "../../ui/link.tsx";
import { OneSister } from "../parts/settling.tsx";

export function SettlingPage() {
  const t = useT();
  useLive("sisters");
  const { person } = useWanted(readMe, {});
  const { items } = useWanted(listSettling, {}, "sisters");
  const acts = person?.roles.includes("treasurer") ?? false;
  return (
    <section>
      <h1>{t("federation.settling.title")}</h1>
      <p className="lead">{t("federation.settling.lead")}</p>
      {items.length === 0 ? <p>{t("federation.settling.none")}</p> : undefined}
      {items.map((sister) => (
        <OneSister key={sister.host} sister={sister} acts={acts} />
      ))}
      <p>
        <Link to="/desk/treasury">{t("federation.settling.back")}</Link>
      </p>
    </section>
  );
}
