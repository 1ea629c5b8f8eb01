// By whose days of rest a branch counts: its country's alone, or those of one of its regions beside them.
import { listCalendars } from "@partcommune/shared/platform/api/calendar";
import { useWanted } from "../../platform/call.tsx";
import { useT } from "../../platform/i18n.tsx";
import { Pick } from "../../ui/field.tsx";

/** The regions of a country whose days of rest are kept. */
function useRegions(country: string): readonly { readonly value: string; readonly says: string }[] {
  const { items } = useWanted(listCalendars, {}, "desk:branches");
  return items.filter((each) => each.country === country).map(({ region, name }) => ({ value: region, says: name }));
}

export const useHasRegions = (country: string): boolean => useRegions(country).length > 0;

/** What a region is called there. */
export const useRegionName = (country: string, region: string | undefined): string | undefined =>
  useRegions(country).find(({ value }) => value === region)?.says;

type RegionProps = {
  readonly country: string;
  readonly value: string;
  readonly change: (region: string) => void;
  readonly fault?: string | undefined;
};

/** Nothing to choose where no region of the country has days of its own. */
export function Region({ country, value, change, fault }: RegionProps) {
  const t = useT();
  const regions = useRegions(country);
  if (regions.length === 0) return undefined;
  return (
    <Pick
      label={t("membership.branches.region")}
      hint={t("membership.branches.region.hint")}
      name="region"
      value={value}
      change={change}
      fault={fault}
      options={[{ value: "", says: t("membership.branches.region.none") }, ...regions]}
    />
  );
}
