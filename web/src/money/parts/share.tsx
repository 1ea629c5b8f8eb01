// A member's share of the coop: what it costs, how it is paid, and that it brings one vote, never more.
import { listBylaws } from "@partcommune/shared/governance/api";
import { readCoop } from "@partcommune/shared/platform/api";
import { useWanted } from "../../platform/call.tsx";
import { useT } from "../../platform/i18n.tsx";
import { decimalFrom } from "../../ui/decimal.ts";
import { Fact } from "../../ui/fact.tsx";
import { Link } from "../../ui/link.tsx";
import { Money } from "../../ui/money.tsx";

export function Share({ member, owns }: { readonly member: string; readonly owns: boolean }) {
  const t = useT();
  const { currency = "EUR", name } = useWanted(readCoop, {});
  const { items } = useWanted(listBylaws, {});
  const price = items.find(({ key }) => key === "share.price")?.value;
  if (owns)
    return (
      <section aria-labelledby="share">
        <h2 id="share">{t("money.share.title")}</h2>
        <p role="status">{t("money.share.owned")}</p>
        <p>
          <Link to="/my/leaving">{t("money.share.leaving")}</Link>
        </p>
      </section>
    );
  return (
    <section aria-labelledby="share">
      <h2 id="share">{t("money.share.title")}</h2>
      <p>{t("money.share.says", { coop: name })}</p>
      <dl className="facts">
        <Fact says={t("money.share.price")}>
          <Money of={{ amount: decimalFrom(String(price), currency), currency }} />
        </Fact>
        <Fact says={t("money.pay.reference")}>
          <span className="reference">{member}</span>
        </Fact>
      </dl>
      <p className="hint">{t("money.share.then")}</p>
    </section>
  );
}
