// A share: what one costs, and how a member pays it.
import { listBylaws } from "@partcommune/shared/governance/api";
import { readCoop } from "@partcommune/shared/platform/api";
import { exponentOf, type MoneyText } from "@partcommune/shared/platform/money";
import { useWanted } from "../../platform/call.tsx";
import { useT } from "../../platform/i18n.tsx";
import { Fact } from "../../ui/fact.tsx";
import { Link } from "../../ui/link.tsx";
import { Money } from "../../ui/money.tsx";

/** What a share costs under the rule in force. */
export function useSharePrice(): MoneyText | undefined {
  const { items } = useWanted(listBylaws, {});
  const { currency = "EUR" } = useWanted(readCoop, {});
  const price = items.find(({ key }) => key === "share.price")?.value;
  if (typeof price !== "string") return undefined;
  const [units = "0", decimals = ""] = price.split(".");
  const exponent = exponentOf(currency);
  return { amount: exponent === 0 ? units : `${units}.${decimals.padEnd(exponent, "0").slice(0, exponent)}`, currency };
}

export function Share({ member, stage }: { readonly member: string; readonly stage: string }) {
  const t = useT();
  const price = useSharePrice();
  if (!price) return undefined;
  return (
    <section aria-labelledby="share" className="sheet">
      <h2 id="share">{t("money.share.title")}</h2>
      <p>{t("money.share.says")}</p>
      <dl className="facts">
        <Fact says={t("money.share.price")}>
          <Money of={price} />
        </Fact>
        <Fact says={t("money.share.message")}>
          <span className="reference">{member}</span>
        </Fact>
      </dl>
      <p>{stage === "trial" ? t("money.share.trial") : t("money.share.how")}</p>
      <p>
        <Link to="/bylaws">{t("money.share.rule")}</Link>
      </p>
    </section>
  );
}
