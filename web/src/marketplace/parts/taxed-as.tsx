// Work that the law taxes less than other work, by its name.
import type { Service } from "@partcommune/shared/platform/packs";
import { useT } from "../../platform/i18n.tsx";
import { Fact } from "../../ui/fact.tsx";

/** Nothing is said of work that is taxed like other work. */
export function TaxedAs({ service }: { readonly service?: Service | undefined }) {
  const t = useT();
  return service ? <Fact says={t("marketplace.service")}>{t(`marketplace.service.${service}`)}</Fact> : undefined;
}
