// The forms in which a client's own program reads a paper: the same rules as the server's say which there are.
import type { CreditPaper } from "@partcommune/shared/money/rules/credit";
import { objectionToForm } from "@partcommune/shared/money/rules/e-invoice";
import type { InvoicePaper } from "@partcommune/shared/money/rules/invoice";
import { eInvoiceOf } from "@partcommune/shared/money/rules/paper-e-invoice";
import { useT } from "../../platform/i18n.tsx";

type Props = { readonly paper: InvoicePaper | CreditPaper; readonly ubl: string; readonly xRechnung: string; readonly hybrid: string };

export function Electronic({ paper, ubl, xRechnung, hybrid }: Props) {
  const t = useT();
  const invoice = eInvoiceOf(paper);
  const unreachable = objectionToForm("peppol", invoice);
  return (
    <div>
      <p>{t("money.electronic.title")}</p>
      <ul>
        <li>
          <a href={hybrid}>{t("money.electronic.hybrid")}</a>
        </li>
        <li>
          {unreachable ? (
            t("money.electronic.unreachable", { whose: String(unreachable.facts["whose"]) })
          ) : (
            <a href={ubl}>{t("money.electronic.ubl")}</a>
          )}
        </li>
        {objectionToForm("xRechnung", invoice) ? undefined : (
          <li>
            <a href={xRechnung}>{t("money.electronic.xRechnung")}</a>
          </li>
        )}
      </ul>
    </div>
  );
}
