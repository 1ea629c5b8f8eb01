// Choosing what the law taxes less than other work.
import { listServices } from "@partcommune/shared/money/api";
import type { Service } from "@partcommune/shared/platform/packs";
import { useAsked } from "../../platform/call.tsx";
import { useSpeech, useT } from "../../platform/i18n.tsx";
import { decimalSpoken } from "../../ui/decimal.ts";
import { Pick } from "../../ui/field.tsx";

/** Empty: it is taxed like other work. */
export type ServiceTyped = Service | "";

/** As a door takes it. */
export const serviceFrom = (service: ServiceTyped): { readonly service?: Service } => (service === "" ? {} : { service });

type FieldProps = { readonly service: ServiceTyped; readonly change: (service: ServiceTyped) => void; readonly fault: string | undefined };

/** Nothing is asked where the law taxes all alike. */
export function ServiceField({ service, change, fault }: FieldProps) {
  const t = useT();
  const { language } = useSpeech();
  const { percent: others = "", items = [] } = useAsked(listServices, {}, true) ?? {};
  if (items.length === 0) return undefined;
  const says = (name: string, percent: string | undefined): string =>
    percent === undefined
      ? t("offers.service.exempt", { name })
      : t("offers.service.taxed", { name, percent: decimalSpoken(percent, language) });
  return (
    <Pick
      label={t("marketplace.service")}
      hint={service === "" ? "" : t("offers.service.hint", { law: items.find((each) => each.service === service)?.law ?? "" })}
      name="service"
      value={service}
      change={change}
      fault={fault}
      options={[
        { value: "", says: says(t("offers.service.none"), others) },
        ...items.map((each) => ({ value: each.service, says: says(t(`marketplace.service.${each.service}`), each.percent) })),
      ]}
    />
  );
}
