// A member's own money: the budget, what of it can leave, what is owed and when it comes, where it goes, and one's share of the coop.
import { readMe } from "@partcommune/shared/membership/api";
import { readStatement } from "@partcommune/shared/money/api";
import { downloadMemberYear } from "@partcommune/shared/money/api/books";
import { pathWith, type ToldOf } from "@partcommune/shared/platform/endpoint";
import { useSearch } from "@tanstack/react-router";
import { queryOf, useWanted } from "../../platform/call.tsx";
import { useT } from "../../platform/i18n.tsx";
import { Link } from "../../ui/link.tsx";
import { Money, useMoney } from "../../ui/money.tsx";
import { Day } from "../../ui/when.tsx";
import { hasPapers, isMember } from "../../platform/parts/is-member.ts";
import { Employment } from "../../membership/parts/employment.tsx";
import { PayLines } from "../parts/pay-lines.tsx";
import { budgetIn } from "../parts/one-budget.ts";
import { Account } from "../parts/account.tsx";
import { Billing } from "../parts/billing.tsx";
import { SelfBilled } from "../parts/self-billed.tsx";
import { Movements } from "../parts/movements.tsx";
import { ReportedIncome } from "../parts/reported-income.tsx";
import { Taxpayer } from "../parts/taxpayer.tsx";
import { Share } from "../parts/share.tsx";

type Statement = ToldOf<typeof readStatement>;

export function MyMoney() {
  const t = useT();
  const { person } = useWanted(readMe, {});
  return (
    <section>
      <h1>{t("money.mine.title")}</h1>
      {person?.member && hasPapers(person.stage) ? (
        <Mine member={person.member} stage={person.stage} />
      ) : (
        <p role="status">
          {t("money.mine.noMember")} <Link to="/join">{t("money.mine.join")}</Link>
        </p>
      )}
    </section>
  );
}

function Mine({ member, stage }: { readonly member: string; readonly stage: string | undefined }) {
  const t = useT();
  const { budget } = budgetIn(useSearch({ strict: false }));
  const statement = useWanted(readStatement, { member, ...(budget ? { budget } : {}) }, `member:${member}`);
  return (
    <>
      <Which budget={budget} name={statement.name} member={isMember(stage)} />
      <dl className="figures two">
        <div>
          <dt>{t("money.mine.budget")}</dt>
          <dd>
            <Money of={statement.balance} />
          </dd>
        </div>
        <div>
          <dt>{t("money.mine.available")}</dt>
          <dd>
            <Money of={statement.available} />
          </dd>
        </div>
      </dl>
      <p className="hint">{t("money.mine.held")}</p>
      <div className="split">
        <div className="stack">
          <Payables payables={statement.payables} />
          <SelfBilled member={member} />
          <Movements items={statement.items} />
          <ReportedIncome member={member} />
          <Years member={member} years={statement.years} />
        </div>
        <div className="stack">
          <Account member={member} iban={statement.iban} />
          <Billing member={member} />
          <Taxpayer member={member} />
          <Employment member={member} />
          {stage === "member" || stage === "associate" ? <Share member={member} owns={stage === "associate"} /> : undefined}
          {stage === "leaving" || stage === "left" ? <Leaving /> : undefined}
        </div>
      </div>
    </>
  );
}

/** Whoever leaves reads how far that is, and when their share is repaid. */
function Leaving() {
  const t = useT();
  return (
    <section aria-labelledby="share">
      <h2 id="share">{t("money.share.title")}</h2>
      <p>
        <Link to="/my/leaving">{t("money.share.leaving")}</Link>
      </p>
    </section>
  );
}

/** Each year to take away. */
function Years({ member, years }: { readonly member: string } & Pick<Statement, "years">) {
  const t = useT();
  if (years.length === 0) return undefined;
  return (
    <section aria-labelledby="years">
      <h2 id="years">{t("money.years.title")}</h2>
      <p>{t("money.years.says")}</p>
      <ul>
        {years.map((year) => (
          <li key={year}>
            <a href={pathWith(downloadMemberYear.path, { member }) + queryOf([["year", year]])} download>
              {t("money.years.file", { year: String(year) })}
            </a>
          </li>
        ))}
      </ul>
    </section>
  );
}

type WhichProps = { readonly budget: string | undefined; readonly name: string | undefined; readonly member: boolean };

/** Which budget the page is about, and the way to the others. */
function Which({ budget, name, member }: WhichProps) {
  const t = useT();
  return (
    <p>
      {budget ? (
        <>
          {name ? t("money.mine.oneBudget", { name }) : t("money.mine.firstBudget")} <Link to="/my/money">{t("money.mine.all")}</Link>{" "}
          ·{" "}
        </>
      ) : undefined}
      <Link to="/my/money/pay">{t("pay.mine")}</Link>
      {member ? (
        <>
          {" "}
          · <Link to="/my/budgets">{t("money.mine.budgets")}</Link> · <Link to="/my/protection">{t("money.mine.protection")}</Link> ·{" "}
          <Link to="/my/expenses">{t("money.mine.expenses")}</Link>
        </>
      ) : undefined}
    </p>
  );
}

/** What is owed to the member, each with the day by which it is paid. */
function Payables({ payables }: Pick<Statement, "payables">) {
  const t = useT();
  const say = useMoney();
  return (
    <section aria-labelledby="payables">
      <h2 id="payables">{t("money.payables.title")}</h2>
      {payables.length === 0 ? <p role="status">{t("money.payables.none")}</p> : undefined}
      <ul className="rows">
        {payables.map(({ id, invoice, amount, dueOn, state, waitsFor, queue, pay }) => (
          <li key={id}>
            <div>
              <h3>{t("money.payables.of", { invoice })}</h3>
              <p>
                {t(`money.payable.${state}`)}{" "}
                {waitsFor ? t(`money.wait.${waitsFor}`, { place: queue?.place ?? 0, before: queue ? say(queue.before) : "" }) : undefined}
                {dueOn && state !== "paid" ? (
                  <>
                    {" "}
                    {t("money.payables.dueOn")} <Day on={dueOn} />.
                  </>
                ) : undefined}
              </p>
              {pay ? <PayLines pay={pay} /> : undefined}
            </div>
            <strong>
              <Money of={amount} />
            </strong>
          </li>
        ))}
      </ul>
    </section>
  );
}
