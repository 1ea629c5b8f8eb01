// How a job asks for its price, in words: the amount that is fixed, or what bidders name and between which bounds.
import type { readJob } from "@partcommune/shared/marketplace/api";
import type { ToldOf } from "@partcommune/shared/platform/endpoint";
import { useT } from "../../platform/i18n.tsx";
import { Money, useMoney } from "../../ui/money.tsx";

type Asked = Pick<ToldOf<typeof readJob>, "priceKind" | "price" | "least" | "most">;

export function AskedPrice({ of: { priceKind, price, least, most } }: { readonly of: Asked }) {
  const t = useT();
  const say = useMoney();
  if (priceKind === "hourly") return t("marketplace.job.hourly");
  if (price) return <Money of={price} />;
  if (least && most) return t("marketplace.job.open.between", { least: say(least), most: say(most) });
  if (least) return t("marketplace.job.open.least", { least: say(least) });
  return most ? t("marketplace.job.open.most", { most: say(most) }) : t("marketplace.job.openPrice");
}
