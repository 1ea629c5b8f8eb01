// The treasury's desk: the bank's lines, what clients owe, what members are owed, and the payouts two people sign.
import { readMe } from "@partcommune/shared/membership/api";
import { listBankLines, listOpenInvoices, listPayables, listPayouts } from "@partcommune/shared/money/api";
import { useWanted } from "../../platform/call.tsx";
import { useT } from "../../platform/i18n.tsx";
import { BankLines } from "../parts/bank-lines.tsx";
import { EnterLine } from "../parts/enter-line.tsx";
import { InvoiceTable } from "../parts/invoice-table.tsx";
import { Owed } from "../parts/owed.tsx";
import { pageOf } from "../parts/page-of.ts";
import { Payouts } from "../parts/payouts.tsx";

export function Treasury() {
  const t = useT();
  const { person } = useWanted(readMe, {});
  const lines = useWanted(listBankLines, pageOf);
  const invoices = useWanted(listOpenInvoices, pageOf);
  const payables = useWanted(listPayables, pageOf);
  const payouts = useWanted(listPayouts, pageOf);
  const acts = person?.roles.includes("treasurer") ?? false;
  const waiting = lines.items.filter(({ state }) => state === "entered");
  const done = lines.items.filter(({ state }) => state !== "entered");
  return (
    <>
      <section>
        <h1>{t("money.treasury.title")}</h1>
        {acts ? undefined : <p className="hint">{t("money.treasury.reads")}</p>}
      </section>
      <BankLines id="waiting" title={t("money.lines.waiting")} empty={t("money.lines.noneWaiting")} items={waiting} acts={acts} />
      {acts ? <EnterLine invoices={invoices.items} payouts={payouts.items} /> : undefined}
      <section aria-labelledby="open">
        <h2 id="open">{t("money.treasury.open")}</h2>
        {invoices.items.length === 0 ? (
          <p role="status">{t("money.treasury.noneOpen")}</p>
        ) : (
          <InvoiceTable items={invoices.items} says={t("money.treasury.open")} withClient />
        )}
        {invoices.next ? <p className="hint">{t("money.more", { count: invoices.items.length })}</p> : undefined}
      </section>
      <Owed items={payables.items} acts={acts} />
      <Payouts items={payouts.items} acts={acts} />
      <BankLines id="done" title={t("money.lines.done")} empty={t("money.lines.noneDone")} items={done} acts={false} />
    </>
  );
}
