// Of a fee that two coops share: what stays with the one that has the client, and what becomes common here.
import { listBylaws } from "@partcommune/shared/governance/api";
import { figuresOf } from "@partcommune/shared/money/rules/split";
import { moneyText, type Money } from "@partcommune/shared/platform/money";
import { useWanted } from "../../platform/call.tsx";
import { useT } from "../../platform/i18n.tsx";
import { useMoney } from "../../ui/money.tsx";

type SharedProps = { readonly price: Money; readonly coop: string; readonly hostSharePpm: number };

export function Shared({ price, coop, hostSharePpm }: SharedProps) {
  const t = useT();
  const say = useMoney();
  const { items } = useWanted(listBylaws, {});
  const rate = items.find(({ key }) => key === "fee.rate")?.value as number | undefined;
  if (rate === undefined) return undefined;
  const { hostFund, homeFund } = figuresOf({ price, feePpm: BigInt(rate), hostSharePpm: BigInt(hostSharePpm) });
  return <p>{t("marketplace.sister.fee", { coop, host: say(moneyText(hostFund)), home: say(moneyText(homeFund)) })}</p>;
}
