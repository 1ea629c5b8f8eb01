// The first page: what a coop is, what becomes of a price, and the two ways in.
import { readCoop } from "@partcommune/shared/platform/api";
import { Link } from "../../ui/link.tsx";
import { Example } from "../parts/example.tsx";
import { useWanted } from "../../platform/call.tsx";
import { useT } from "../../platform/i18n.tsx";

export function Home() {
  const t = useT();
  const coop = useWanted(readCoop, {});
  return (
    <>
      <section className="opening">
        <h1>{coop.founded ? t("marketplace.home.title", { name: coop.name }) : t("marketplace.home.unfounded")}</h1>
        <p className="lead">{t("marketplace.home.lead")}</p>
        {coop.founded ? (
          <nav className="doors" aria-label={t("marketplace.home.doors")}>
            <Link to="/hire">{t("marketplace.home.hire")}</Link>
            <Link to="/join">{t("marketplace.home.join")}</Link>
          </nav>
        ) : (
          <Link to="/setup" className="button">
            {t("marketplace.home.found")}
          </Link>
        )}
      </section>
      {coop.founded && coop.currency ? <Example currency={coop.currency} /> : undefined}
      <section className="three">
        <Promise id="guarantee" />
        <Promise id="fund" />
        <Promise id="vote" />
      </section>
    </>
  );
}

function Promise({ id }: { readonly id: "guarantee" | "fund" | "vote" }) {
  const t = useT();
  const says = {
    guarantee: [t("marketplace.home.guarantee"), t("marketplace.home.guarantee.says")],
    fund: [t("marketplace.home.fund"), t("marketplace.home.fund.says")],
    vote: [t("marketplace.home.vote"), t("marketplace.home.vote.says")],
  }[id];
  return (
    <article>
      <h2>{says[0]}</h2>
      <p>{says[1]}</p>
    </article>
  );
}
