// A month of a member's own money: what their work brought, what was paid of it and on which paper, each line with its entry.
import { readMe } from "@partcommune/shared/membership/api";
import { printSelfBilled } from "@partcommune/shared/money/api";
import { printPay, readPay } from "@partcommune/shared/money/api/pay";
import { pathWith, type ToldOf } from "@partcommune/shared/platform/endpoint";
import { useSearch } from "@tanstack/react-router";
import { queryOf, useWanted } from "../../platform/call.tsx";
import { localeOf, useSpeech, useT } from "../../platform/i18n.tsx";
import { Fact } from "../../ui/fact.tsx";
import { Link } from "../../ui/link.tsx";
import { Money, useMoney } from "../../ui/money.tsx";
import { Day } from "../../ui/when.tsx";
import { monthIn } from "../parts/month-in.ts";

type Told = ToldOf<typeof readPay>;

export function Pay() {
  const { person } = useWanted(readMe, {});
  const asked = monthIn(useSearch({ strict: false }));
  return person?.member ? <Month member={person.member} asked={asked} /> : undefined;
}

function Month({ member, asked }: { readonly member: string; readonly asked: ReturnType<typeof monthIn> }) {
  const t = useT();
  const sayMonth = useMonth();
  const pay = useWanted(readPay, { member, ...asked }, `member:${member}`);
  return (
    <section>
      <h1>{t("pay.paper.title", { month: sayMonth(pay.month) })}</h1>
      <Months pay={pay} />
      <Sums pay={pay} />
      <Lines lines={pay.lines} />
      <p className="hint">{t(pay.payroll ? "pay.paper.employed" : "pay.paper.says")}</p>
      <p>
        <a href={pathWith(printPay.path, { member }) + queryOf([["month", pay.month]])} download>
          {t("pay.pdf")}
        </a>
      </p>
    </section>
  );
}

function useMonth(): (month: string) => string {
  const { language } = useSpeech();
  const format = new Intl.DateTimeFormat(localeOf(language), { month: "long", year: "numeric", timeZone: "UTC" });
  return (month) => format.format(Date.parse(`${month}-01T00:00:00Z`));
}

/** The way to the other months. */
function Months({ pay: { months, month } }: { readonly pay: Told }) {
  const t = useT();
  const sayMonth = useMonth();
  return (
    <nav aria-label={t("pay.months")} className="acts">
      <Link to="/my/money">{t("pay.money")}</Link>
      {months.map((each) => (
        <Link key={each} to="/my/money/pay" search={{ month: each }} current={each === month}>
          {sayMonth(each)}
        </Link>
      ))}
    </nav>
  );
}

function Sums({ pay: { opening, came, left, closing, payroll } }: { readonly pay: Told }) {
  const t = useT();
  return (
    <dl className="facts">
      <Fact says={t("pay.opening")}>
        <Money of={opening} />
      </Fact>
      <Fact says={t("pay.came")}>
        <Money of={came} />
      </Fact>
      <Fact says={t("pay.left")}>
        <Money of={left} />
      </Fact>
      <Fact says={t("pay.closing")}>
        <Money of={closing} />
      </Fact>
      {payroll
        ? (["employer", "employee", "net"] as const).map((part) => (
            <Fact key={part} says={t(`pay.row.${part}`)}>
              <Money of={payroll[part]} />
            </Fact>
          ))
        : undefined}
    </dl>
  );
}

function Lines({ lines }: Pick<Told, "lines">) {
  const t = useT();
  if (lines.length === 0) return <p role="status">{t("pay.nothing")}</p>;
  return (
    <table className="cards">
      <caption>{t("pay.lines")}</caption>
      <thead>
        <tr>
          <th scope="col">{t("pay.what")}</th>
          <th scope="col">{t("pay.on")}</th>
          <th scope="col" className="amount">
            {t("pay.amount")}
          </th>
        </tr>
      </thead>
      <tbody>
        {lines.map((line) => (
          <Line key={line.entry} line={line} />
        ))}
      </tbody>
    </table>
  );
}

function Line({ line: { entry, on, kind, about, invoice, paper, amount, payroll } }: { readonly line: Told["lines"][number] }) {
  const t = useT();
  const say = useMoney();
  const parts = payroll && { employer: say(payroll.employer), employee: say(payroll.employee), net: say(payroll.net) };
  return (
    <tr>
      <th scope="row">
        <Link to={`/fund/entries/${entry}`}>{t(`entries.kind.${kind}`)}</Link>
        {about ? <small>{about}</small> : undefined}
        {invoice ? <small>{invoice}</small> : undefined}
        {paper ? (
          <small>
            <a href={pathWith(printSelfBilled.path, { paper: paper.id })}>{paper.number}</a>
          </small>
        ) : undefined}
        {parts ? <small>{t("pay.parts", parts)}</small> : undefined}
        {payroll?.model ? <small>{t("pay.by", { model: payroll.model })}</small> : undefined}
      </th>
      <td data-label={t("pay.on")}>
        <Day on={on} />
      </td>
      <td className="amount" data-label={t("pay.amount")}>
        <Money of={amount} />
      </td>
    </tr>
  );
}
