// What a proposal would have meant in the past year: the common fund, the members, each branch and whoever reads, before and after.
import { useId } from "react";
import { readProposalEffects } from "@partcommune/shared/governance/api";
import type { ToldOf } from "@partcommune/shared/platform/endpoint";
import { minus, moneyFrom, moneyText, type MoneyText } from "@partcommune/shared/platform/money";
import { useWanted } from "../../platform/call.tsx";
import { useT } from "../../platform/i18n.tsx";
import { Fact } from "../../ui/fact.tsx";
import { Hatch } from "../../ui/hatch.tsx";
import { Money, useMoney } from "../../ui/money.tsx";
import { useDay } from "../../ui/when.tsx";

type Told = ToldOf<typeof readProposalEffects>;
type Past = NonNullable<Told["past"]>;
type Turn = Past["fund"];

export function Effects({ proposal }: { readonly proposal: string }) {
  const t = useT();
  const title = useId();
  const { replayed, touches, past } = useWanted(readProposalEffects, { proposal });
  return (
    <section aria-labelledby={title}>
      <h2 id={title}>{t("governance.effects.title")}</h2>
      {past ? <Replayed past={past} /> : undefined}
      {touches.length > 0 ? <Untouched touches={touches} /> : undefined}
      {replayed.length + touches.length === 0 ? <p role="status">{t("governance.effects.nothing")}</p> : undefined}
    </section>
  );
}

function Replayed({ past }: { readonly past: Past }) {
  const t = useT();
  const day = useDay();
  const say = useMoney();
  const { from, until, shortened, invoices: count, turnover } = past;
  const window = { from: day(from), until: day(until) };
  if (count === 0) return <p role="status">{t("governance.effects.none", window)}</p>;
  return (
    <>
      <p>{t("governance.effects.window", { count, ...window, turnover: say(turnover) })}</p>
      {shortened ? <p className="hint">{t("governance.effects.shortened")}</p> : undefined}
      <Figures past={past} />
    </>
  );
}

function Figures({ past: { fund, pots, members, paid, branches, me } }: { readonly past: Past }) {
  const t = useT();
  return (
    <table className="cards effects">
      <caption>{t("governance.effects.caption")}</caption>
      <thead>
        <tr>
          <th scope="col">{t("governance.effects.whose")}</th>
          <th scope="col" className="amount">
            {t("governance.effects.before")}
          </th>
          <th scope="col" className="amount">
            {t("governance.effects.after")}
          </th>
          <th scope="col" className="amount">
            {t("governance.effects.difference")}
          </th>
        </tr>
      </thead>
      <tbody>
        {me ? <Row whole says={t("governance.effects.me")} turn={me} /> : undefined}
        <Row whole common says={t("governance.effects.fund")} turn={fund} />
        {pots.filter(isAnything).map(({ pot, ...turn }) => (
          <Row key={pot} says={t(`governance.pot.${pot}`)} turn={turn} />
        ))}
        <Row whole says={t("governance.effects.members")} turn={members} />
        {branches.map(({ name = "", ...turn }) => (
          <Row key={name} says={name || t("governance.effects.otherBranches")} turn={turn} />
        ))}
        <Row says={t("governance.effects.paid")} turn={paid} />
      </tbody>
    </table>
  );
}

/** A pot that neither got a part of a fee nor would have has nothing to say. */
const isAnything = ({ before, after }: Turn): boolean => [before, after].some((money) => moneyFrom(money).minor !== 0n);

type RowOf = { readonly says: string; readonly turn: Turn; readonly whole?: boolean; readonly common?: boolean };

function Row({ says, turn: { before, after }, whole = false, common = false }: RowOf) {
  const t = useT();
  const difference = moneyText(minus(moneyFrom(after), moneyFrom(before)));
  return (
    <tr className={whole ? "whole" : "part"}>
      <th scope="row">
        {common ? (
          <span className="swatch" aria-hidden="true">
            <Hatch />
          </span>
        ) : undefined}
        {says}
      </th>
      <td className="amount" data-label={t("governance.effects.before")}>
        <Money of={before} />
      </td>
      <td className="amount" data-label={t("governance.effects.after")}>
        <Money of={after} />
      </td>
      <td className="amount" data-label={t("governance.effects.difference")}>
        <Difference of={difference} />
      </td>
    </tr>
  );
}

/** With its sign; nothing at all is said in a word. */
function Difference({ of }: { readonly of: MoneyText }) {
  const t = useT();
  const say = useMoney();
  const { minor } = moneyFrom(of);
  if (minor === 0n) return t("governance.effects.same");
  return <strong className="money">{`${minor > 0n ? "+" : ""}${say(of)}`}</strong>;
}

/** Rules of the proposal that decide no posted amount, each with what it decides. */
function Untouched({ touches }: Pick<Told, "touches">) {
  const t = useT();
  return (
    <>
      <p>{t("governance.effects.untouched")}</p>
      <dl className="facts">
        {touches.map(({ key, what }) => (
          <Fact key={key} says={t(`governance.bylaw.${key}`)}>
            {t(`governance.touch.${what}`)}
          </Fact>
        ))}
      </dl>
    </>
  );
}
