// What a proposal would have meant in the past year: the common fund, the members, each branch and whoever reads, before and after.
import { useId } from "react";
import { readProposalEffects } from "@partcommune/shared/governance/api";
import type { ToldOf } from "@partcommune/shared/platform/endpoint";
import { minus, moneyFrom, moneyText, type MoneyText } from "@partcommune/shared/platform/money";
import { useAsked } from "../../platform/call.tsx";
import { useT } from "../../platform/i18n.tsx";
import { Fact } from "../../ui/fact.tsx";
import { Hatch } from "../../ui/hatch.tsx";
import { Money, useMoney } from "../../ui/money.tsx";
import { At, useDay } from "../../ui/when.tsx";

type Told = ToldOf<typeof readProposalEffects>;
type Past = NonNullable<Told["past"]>;
type Turn = Past["fund"];

/** The page stands without it: a year that is worked out again may take its time. */
export function Effects({ proposal }: { readonly proposal: string }) {
  const t = useT();
  const title = useId();
  const told = useAsked(readProposalEffects, { proposal }, true);
  return (
    <section aria-labelledby={title}>
      <h2 id={title}>{t("votes.effects.title")}</h2>
      {told ? (
        <>
          <EffectsTold told={told} />
          {told.kept ? <Kept kept={told.kept} /> : undefined}
        </>
      ) : (
        <p role="status">{t("votes.effects.waits")}</p>
      )}
    </section>
  );
}

/** Since when these figures stand, and whether the books say the same today. */
function Kept({ kept: { at, hash, agrees, booked } }: { readonly kept: NonNullable<Told["kept"]> }) {
  const t = useT();
  return (
    <>
      <p>
        {t("votes.effects.asOn")} <At at={at} />.{" "}
        {agrees ? t("votes.effects.agrees") : booked > 0 ? t("votes.effects.moved", { count: booked }) : t("votes.effects.unexplained")}
      </p>
      <p className="hint">
        {t("votes.effects.hash")} <span className="code">{hash}</span>
      </p>
    </>
  );
}

/** Effects as they were told, whoever asked for them. */
export function EffectsTold({ told: { touches, past } }: { readonly told: Pick<Told, "touches" | "past"> }) {
  return (
    <>
      {past ? <Replayed past={past} /> : undefined}
      {touches.length > 0 ? <Untouched touches={touches} /> : undefined}
    </>
  );
}

function Replayed({ past }: { readonly past: Past }) {
  const t = useT();
  const day = useDay();
  const say = useMoney();
  const { from, until, shortened, invoices: count, turnover } = past;
  const window = { from: day(from), until: day(until) };
  if (count === 0) return <p role="status">{t("votes.effects.none", window)}</p>;
  return (
    <>
      <p>{t("votes.effects.window", { count, ...window, turnover: say(turnover) })}</p>
      {shortened ? <p className="hint">{t("votes.effects.shortened")}</p> : undefined}
      <Figures past={past} />
    </>
  );
}

function Figures({ past: { fund, pots, members, paid, branches, me } }: { readonly past: Past }) {
  const t = useT();
  return (
    <table className="cards effects">
      <caption>{t("votes.effects.caption")}</caption>
      <thead>
        <tr>
          <th scope="col">{t("votes.effects.whose")}</th>
          <th scope="col" className="amount">
            {t("votes.effects.before")}
          </th>
          <th scope="col" className="amount">
            {t("votes.effects.after")}
          </th>
          <th scope="col" className="amount">
            {t("votes.effects.difference")}
          </th>
        </tr>
      </thead>
      <tbody>
        {me ? <Row whole says={t("votes.effects.me")} turn={me} /> : undefined}
        <Row whole common says={t("votes.effects.fund")} turn={fund} />
        {pots.filter(isAnything).map(({ pot, ...turn }) => (
          <Row key={pot} says={t(`governance.pot.${pot}`)} turn={turn} />
        ))}
        <Row whole says={t("votes.effects.members")} turn={members} />
        {branches.map(({ name = "", ...turn }) => (
          <Row key={name} says={name || t("votes.effects.otherBranches")} turn={turn} />
        ))}
        <Row says={t("votes.effects.paid")} turn={paid} />
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
    <tr className={whole ? undefined : "part"}>
      <th scope="row">
        {common ? (
          <span className="swatch" aria-hidden="true">
            <Hatch />
          </span>
        ) : undefined}
        {says}
      </th>
      <td className="amount" data-label={t("votes.effects.before")}>
        <Money of={before} />
      </td>
      <td className="amount" data-label={t("votes.effects.after")}>
        <Money of={after} />
      </td>
      <td className="amount" data-label={t("votes.effects.difference")}>
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
  if (minor === 0n) return t("votes.effects.same");
  return <strong className="money">{`${minor > 0n ? "+" : ""}${say(of)}`}</strong>;
}

/** Rules of the proposal that decide no posted amount, each with what it decides. */
function Untouched({ touches }: Pick<Told, "touches">) {
  const t = useT();
  return (
    <>
      <p>{t("votes.effects.untouched")}</p>
      <dl className="facts">
        {touches.map(({ key, what }) => (
          <Fact key={key} says={t(`governance.bylaw.${key}`)}>
            {t(`votes.touch.${what}`)}
          </Fact>
        ))}
      </dl>
    </>
  );
}
