// The quote in words: what both sides are asked to sign, read from the very text whose fingerprint they sign.
import { listBylaws } from "@partcommune/shared/governance/api";
import type { MoneyText } from "@partcommune/shared/platform/money";
import type { Service } from "@partcommune/shared/platform/packs";
import { useWanted } from "../../platform/call.tsx";
import { useT } from "../../platform/i18n.tsx";
import { useSayBylaw } from "../../governance/parts/value.tsx";
import { Fact } from "../../ui/fact.tsx";
import { Link } from "../../ui/link.tsx";
import { Money, useMoney } from "../../ui/money.tsx";
import { Day, Until } from "../../ui/when.tsx";
import { TaxedAs } from "./taxed-as.tsx";
import type { EngagementTold } from "./told.ts";

/** What the canonical text holds, as the server wrote it. */
type Frozen = {
  readonly title: string;
  readonly text: string;
  readonly startOn: string;
  readonly endOn: string;
  readonly amount: MoneyText;
  readonly rate?: MoneyText;
  readonly milestones: readonly { readonly number: number; readonly title: string; readonly amount: MoneyText; readonly dueOn?: string }[];
  readonly service?: Service;
  readonly bylaws: Readonly<Record<string, string>>;
};

type QuoteProps = { readonly engagement: Pick<EngagementTold, "quote" | "hash" | "client" | "member" | "signUntil"> };

export function Quote({ engagement: { quote, hash, client, member, signUntil } }: QuoteProps) {
  const t = useT();
  const money = useMoney();
  const { text, startOn, endOn, amount, rate, milestones, service, bylaws } = JSON.parse(quote) as Frozen;
  return (
    <section aria-labelledby="quote" className="paper">
      <h2 id="quote">{t("marketplace.quote.title")}</h2>
      <p>{t("marketplace.quote.parties", { client, member })}</p>
      <p className="letter">{text}</p>
      <dl className="facts">
        <Fact says={t("marketplace.job.dates")}>
          <Day on={startOn} /> – <Day on={endOn} />
        </Fact>
        <Fact says={t("marketplace.job.price")}>
          {rate ? t("marketplace.bids.hourly", { rate: money(rate), cap: money(amount) }) : <Money of={amount} />}
        </Fact>
        <TaxedAs service={service} />
        {milestones.length > 1 ? milestones.map((milestone) => <Part key={milestone.number} part={milestone} />) : undefined}
        <Fact says={t("marketplace.quote.signUntil")}>
          <Until at={signUntil} />
        </Fact>
      </dl>
      <Cited bylaws={bylaws} currency={amount.currency} />
      <p className="code">
        {t("marketplace.quote.hash")} {hash}
      </p>
    </section>
  );
}

/** One milestone of several: what it is, when it is due, and its part of the price. */
function Part({ part: { number, title, amount, dueOn } }: { readonly part: Frozen["milestones"][number] }) {
  const t = useT();
  return (
    <Fact says={t("marketplace.milestone.named", { number, title })}>
      <Money of={amount} />
      {dueOn ? (
        <>
          {" · "}
          {t("marketplace.milestone.due")} <Day on={dueOn} />
        </>
      ) : undefined}
    </Fact>
  );
}

/** The rules a quote promises at the version of its day, each with its value while that version is in force. */
function Cited({ bylaws, currency }: { readonly bylaws: Frozen["bylaws"]; readonly currency: string }) {
  const t = useT();
  const say = useSayBylaw(currency);
  const { items } = useWanted(listBylaws, {});
  const cited = Object.entries(bylaws).flatMap(([key, version]) => {
    const card = items.find((each) => each.key === key);
    return card ? [{ card, version, same: String(card.version) === version }] : [];
  });
  return (
    <>
      <h3>{t("marketplace.quote.rules")}</h3>
      <dl className="facts">
        {cited.map(({ card, version, same }) => (
          <Fact key={card.key} says={t(`governance.bylaw.${card.key}`)}>
            {same ? say(card.unit, card.value) : t("marketplace.quote.older")}{" "}
            <span className="hint">({t("governance.bylaws.version", { version })})</span>
          </Fact>
        ))}
      </dl>
      <p>
        <Link to="/bylaws">{t("marketplace.home.rules")}</Link>
      </p>
    </>
  );
}
