// The treasury's desk: what clients owe, what members are owed, what was ordered, and what the bank has booked.
import { readMe } from "@partcommune/shared/membership/api";
import { listBankLines, listCredits, listLosses, listOpenInvoices, listPayables, listPayouts } from "@partcommune/shared/money/api";
import { readCoop } from "@partcommune/shared/platform/api";
import { useWanted } from "../../platform/call.tsx";
import { useT } from "../../platform/i18n.tsx";
import { useLive } from "../../platform/live.tsx";
import { Link } from "../../ui/link.tsx";
import { OwedAdvances } from "../parts/advance-losses.tsx";
import { BankFiles } from "../parts/bank-files.tsx";
import { BankLines, SharePayment } from "../parts/bank-lines.tsx";
import { CalledWrong } from "../parts/called-wrong.tsx";
import { Corrections } from "../parts/corrections.tsx";
import { CostLines } from "../parts/cost-fields.tsx";
import { Credits } from "../parts/credits.tsx";
import { Losses } from "../parts/losses.tsx";
import { HouseAccount } from "../parts/house-account.tsx";
import { IbanChanges } from "../parts/iban-changes.tsx";
import { OpenExpenses } from "../parts/open-expenses.tsx";
import { OpenInvoices } from "../parts/open-invoices.tsx";
import { OpeningFund } from "../parts/opening-fund.tsx";
import { OwedBack } from "../parts/owed-back.tsx";
import { Payables } from "../parts/payables.tsx";
import { Payouts } from "../parts/payouts.tsx";
import { Purposes } from "../parts/purposes.tsx";
import { Rates } from "../parts/rates.tsx";
import { SharesOwed } from "../parts/shares-owed.tsx";
import { Strays } from "../parts/strays.tsx";
import { Waiting } from "../parts/waiting.tsx";

export function Treasury() {
  const t = useT();
  useLive("desk:money");
  const { person } = useWanted(readMe, {});
  const { currency = "EUR" } = useWanted(readCoop, {});
  const acts = person?.roles.includes("treasurer") ?? false;
  const invoices = useWanted(listOpenInvoices, {}, "desk:money").items;
  const credits = useWanted(listCredits, {}, "desk:money").items;
  const losses = useWanted(listLosses, {}, "desk:money").items;
  const payables = useWanted(listPayables, {}, "desk:money").items;
  const payouts = useWanted(listPayouts, {}, "desk:money").items;
  const lines = useWanted(listBankLines, {}, "desk:money").items;
  return (
    <section>
      <h1>{t("money.treasury.title")}</h1>
      <p className="lead">{t("money.treasury.lead")}</p>
      <p>{t("money.treasury.alone")}</p>
      <p>
        <Link to="/desk/sisters">{t("money.treasury.sisters")}</Link> · <Link to="/desk/books">{t("money.treasury.books")}</Link>
      </p>
      <Waiting currency={currency} lines={lines} payouts={payouts} invoices={invoices} payables={payables} />
      <div className="pair">
        <div className="stack">
          <BankFiles acts={acts} />
          <BankLines lines={lines} acts={acts} />
          <OpenInvoices invoices={invoices} acts={acts} home={currency} />
          <OwedBack acts={acts} />
          <Strays acts={acts} />
          <OpeningFund acts={acts} currency={currency} />
          <Purposes acts={acts} />
          {acts ? <CostLines currency={currency} /> : undefined}
          <SharesOwed acts={acts} />
          {acts ? <SharePayment currency={currency} /> : undefined}
        </div>
        <div className="stack">
          <Payables payables={payables} acts={acts} />
          <OpenExpenses acts={acts} />
          <Payouts payouts={payouts} acts={acts} />
          <CalledWrong acts={acts} />
          <IbanChanges acts={acts} />
          <Credits credits={credits} acts={acts} />
          <Corrections acts={acts} />
          <Losses losses={losses} acts={acts} />
          <OwedAdvances acts={acts} />
          <HouseAccount acts={acts} />
          <Rates acts={acts} home={currency} />
        </div>
      </div>
    </section>
  );
}
