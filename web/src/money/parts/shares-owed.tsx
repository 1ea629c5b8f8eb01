// Shares of those who have left: in the order of leaving, each with what it waits for. One treasurer enters what the bank repaid, another confirms.
import { listSharesOwed } from "@partcommune/shared/money/api/share";
import type { ToldOf } from "@partcommune/shared/platform/endpoint";
import { useAsked } from "../../platform/call.tsx";
import { useT } from "../../platform/i18n.tsx";
import { Money } from "../../ui/money.tsx";
import { Day } from "../../ui/when.tsx";
import { LineForm } from "./line-form.tsx";

type Owed = ToldOf<typeof listSharesOwed>["items"][number];

export function SharesOwed({ acts }: { readonly acts: boolean }) {
  const t = useT();
  const { items = [] } = useAsked(listSharesOwed, {}, true, "desk:money") ?? {};
  if (items.length === 0) return undefined;
  return (
    <section aria-labelledby="shares-owed">
      <h2 id="shares-owed">{t("money.sharesOwed.title")}</h2>
      <p className="hint">{t("money.sharesOwed.says")}</p>
      <ul className="rows">
        {items.map((share) => (
          <Row key={share.member} share={share} acts={acts} />
        ))}
      </ul>
    </section>
  );
}

function Row({ share: { member, name, leftOn, amount, closesOn, wait }, acts }: { readonly share: Owed; readonly acts: boolean }) {
  const t = useT();
  return (
    <li>
      <div>
        <h3>{name}</h3>
        <p>
          {t("money.sharesOwed.leftOn")} <Day on={leftOn} />
        </p>
        <p>
          {t(`money.sharesOwed.${wait ?? "now"}`)} {wait === "close" ? <Day on={closesOn} /> : undefined}
        </p>
        {acts && wait === undefined ? (
          <LineForm opens={t("money.sharesOwed.enter")} means={{ kind: "shareRepaid", member }} expected={amount} />
        ) : undefined}
      </div>
      <strong>
        <Money of={amount} />
      </strong>
    </li>
  );
}
