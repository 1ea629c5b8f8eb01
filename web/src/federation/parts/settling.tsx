// What we and one sister owe each other, for the treasury: the accounts, the exposure, what is disputed, and the rounds.
import type { listSettling } from "@partcommune/shared/federation/api/settling";
import type { ToldOf } from "@partcommune/shared/platform/endpoint";
import type { MoneyText } from "@partcommune/shared/platform/money";
import { LineForm } from "../../money/parts/line-form.tsx";
import { useT } from "../../platform/i18n.tsx";
import { Fact } from "../../ui/fact.tsx";
import { Money } from "../../ui/money.tsx";
import { At, Day, useMonth } from "../../ui/when.tsx";
import { ClaimAct } from "./claim-act.tsx";

type Sister = ToldOf<typeof listSettling>["items"][number];
type Claim = Sister["claims"][number];
type Round = Sister["rounds"][number];

const isBelowZero = ({ amount }: MoneyText): boolean => amount.startsWith("-");
const isZero = ({ amount }: MoneyText): boolean => !/[1-9]/.test(amount);
const withoutSign = ({ amount, currency }: MoneyText): MoneyText => ({ amount: amount.replace("-", ""), currency });

export function OneSister({ sister, acts }: { readonly sister: Sister; readonly acts: boolean }) {
  const t = useT();
  const { host, name, isOpen, payable, receivable, settlement, ours, theirs, claims, rounds } = sister;
  return (
    <section aria-labelledby={`sister-${host}`}>
      <h2 id={`sister-${host}`}>{name}</h2>
      {isOpen ? undefined : <p role="status">{t("federation.settling.rests")}</p>}
      <dl className="facts sums">
        <Fact says={t("federation.settling.payable")}>
          <Money of={payable} />
        </Fact>
        <Fact says={t("federation.settling.receivable")}>
          <Money of={receivable} />
        </Fact>
        <Fact says={t(isBelowZero(settlement) ? "federation.settling.weSettle" : "federation.settling.theySettle")}>
          <Money of={withoutSign(settlement)} />
        </Fact>
        <Fact says={t("federation.settling.ours")}>
          <Money of={ours.amount} />
        </Fact>
        <Fact says={t("federation.settling.theirs")}>
          <Money of={theirs.amount} />
        </Fact>
        {ours.limit ? (
          <Fact says={t("federation.settling.limit")}>
            <Money of={ours.limit} />
          </Fact>
        ) : undefined}
      </dl>
      <Near of={ours.level === "calm" ? theirs : ours} />
      {acts && !isZero(settlement) ? <Settlement sister={sister} /> : undefined}
      <Claims claims={claims} name={name} acts={acts} />
      <Rounds rounds={rounds} name={name} />
    </section>
  );
}

/** Near the limit, or at it: said under the sums. */
function Near({ of: { level } }: { readonly of: Sister["ours"] }) {
  const t = useT();
  return level === "calm" ? undefined : (
    <p role="status" className="late">
      {t(`federation.settling.level.${level}`)}
    </p>
  );
}

/** What the bank says about the difference of a round. */
function Settlement({ sister: { host, settlement } }: { readonly sister: Sister }) {
  const t = useT();
  const pays = isBelowZero(settlement);
  return (
    <LineForm
      opens={t(pays ? "federation.settling.enterPaid" : "federation.settling.enterReceived")}
      means={{ kind: pays ? "settlementPaid" : "settlementReceived", sister: host }}
      expected={withoutSign(settlement)}
    />
  );
}

type Listed = { readonly name: string; readonly acts: boolean };

function Claims({ claims, name, acts }: Listed & { readonly claims: readonly Claim[] }) {
  const t = useT();
  const disputed = claims.filter(({ state }) => state === "disputed");
  const rest = claims.filter(({ state }) => state !== "disputed");
  return (
    <>
      {disputed.length > 0 ? (
        <>
          <h3>{t("federation.settling.disputed", { count: disputed.length })}</h3>
          <p>{t("federation.settling.disputed.says")}</p>
          <ul className="rows">
            {disputed.map((claim) => (
              <OneClaim key={claim.id} claim={claim} name={name} acts={acts} />
            ))}
          </ul>
        </>
      ) : undefined}
      {rest.length > 0 ? (
        <details className="folded">
          <summary>{t("federation.settling.claims", { count: rest.length })}</summary>
          <ul className="rows">
            {rest.map((claim) => (
              <OneClaim key={claim.id} claim={claim} name={name} acts={acts} />
            ))}
          </ul>
        </details>
      ) : undefined}
    </>
  );
}

function OneClaim({ claim, name, acts }: Listed & { readonly claim: Claim }) {
  const t = useT();
  const month = useMonth();
  const { engagement, milestone, about, ours, state, due, round, since, reason } = claim;
  return (
    <li>
      <div>
        <h4>{t(`federation.settling.claim.${about}.${ours ? "ours" : "theirs"}`, { name })}</h4>
        <p>
          <a href={engagement} rel="noopener noreferrer">
            {t("federation.settling.claim.milestone", { number: milestone.slice(1) })}
          </a>
          {round ? ` · ${t("federation.settling.round", { month: month(round.slice(0, 7)) })}` : ""}
        </p>
        <p className="steps">
          {t(`federation.settling.claim.state.${state}`)} · <At at={since} />
        </p>
        <Beside claim={claim} name={name} />
        {reason === undefined ? undefined : (
          <p>
            {t("federation.settling.claim.because")} {reason}
          </p>
        )}
        {acts ? claim.acts.map((act) => <ClaimAct key={act} act={act} claim={claim} />) : undefined}
      </div>
      <strong>
        <Money of={due} />
      </strong>
    </li>
  );
}

/** Of a dispute: what the other coop reckons. */
function Beside({ claim: { state, about, ourWord, theirs }, name }: { readonly claim: Claim; readonly name: string }) {
  const t = useT();
  if (theirs)
    return (
      <p>
        {t("federation.settling.claim.differs", { name })} <Money of={theirs} />
      </p>
    );
  const what = about === "work" ? "unknown" : "unknown.loss";
  return state === "disputed" ? <p>{t(`federation.settling.claim.${what}${ourWord ? "" : ".here"}`, { name })}</p> : undefined;
}

function Rounds({ rounds, name }: { readonly rounds: readonly Round[]; readonly name: string }) {
  const t = useT();
  if (rounds.length === 0) return undefined;
  return (
    <>
      <h3>{t("federation.settling.rounds")}</h3>
      <ul className="rows">
        {rounds.map((round) => (
          <OneRound key={round.id} round={round} name={name} />
        ))}
      </ul>
    </>
  );
}

function OneRound({
  round: { name, state, net, open, dueOn, hash, theirs },
  name: coop,
}: {
  readonly round: Round;
  readonly name: string;
}) {
  const t = useT();
  const month = useMonth();
  return (
    <li>
      <div>
        <h4>
          {t(isBelowZero(net) ? "federation.settling.round.wePay" : "federation.settling.round.weGet", { month: month(name.slice(0, 7)) })}
        </h4>
        <p>
          {t(`federation.settling.round.state.${state}`)}
          {dueOn ? (
            <>
              {" "}
              {t("federation.settling.round.due")} <Day on={dueOn} />
            </>
          ) : undefined}
        </p>
        {state === "posted" ? (
          <p>
            {t("federation.settling.round.open")} <Money of={withoutSign(open)} />
          </p>
        ) : undefined}
        <details className="unfold faint">
          <summary>{t("federation.settling.hashes")}</summary>
          <dl className="facts">
            <Fact says={t("federation.settling.hash.ours")}>
              <code>{hash}</code>
            </Fact>
            <Fact says={t("federation.settling.hash.theirs", { name: coop })}>
              {theirs === undefined ? t("federation.settling.hash.none") : <code>{theirs}</code>}
            </Fact>
          </dl>
        </details>
      </div>
      <strong>
        <Money of={withoutSign(net)} />
      </strong>
    </li>
  );
}
