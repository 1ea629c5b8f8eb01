// From whom an invoice comes and to whom it goes, as its paper says.
import type { InvoicePaper } from "@partcommune/shared/money/rules/invoice";
import { useSpeech } from "../../platform/i18n.tsx";

export function Addressee({ coop, client }: Pick<InvoicePaper, "coop" | "client">) {
  const { t, language } = useSpeech();
  const countries = new Intl.DisplayNames(language, { type: "region" });
  const country = (code: string): string => countries.of(code) ?? code;
  return (
    <div className="parties">
      <div>
        <p className="steps">{t("money.invoice.from")}</p>
        <p>
          <strong>{coop.name}</strong>
          <br />
          {country(coop.country)}
        </p>
      </div>
      <div>
        <p className="steps">{t("money.invoice.to")}</p>
        <p>
          <strong>{client.name}</strong>
          <br />
          {client.street}
          <br />
          {client.postcode} {client.town}, {country(client.country)}
          {client.vatNumber ? (
            <>
              <br />
              {t("money.invoice.vatNumber", { number: client.vatNumber })}
            </>
          ) : undefined}
        </p>
      </div>
    </div>
  );
}
