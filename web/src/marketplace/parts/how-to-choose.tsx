// How a client wants to choose, said when a job is posted: who sees it, and whether bids are sealed or without names.
import type { Bidding } from "@partcommune/shared/marketplace/rules/choosing";
import { visibilities, type Visibility } from "@partcommune/shared/marketplace/rules/invitation";
import { useT } from "../../platform/i18n.tsx";
import { Pick, Tick } from "../../ui/field.tsx";

export type Choice = { readonly visibility: Visibility; readonly bidding: Bidding; readonly blind: boolean };

/** Nobody is invited by name to a job that hides names. */
export function HowToChoose({ choice, choose }: { readonly choice: Choice; readonly choose: (choice: Choice) => void }) {
  const t = useT();
  const { visibility, bidding, blind } = choice;
  return (
    <>
      <Pick
        label={t("marketplace.post.visibility")}
        name="visibility"
        value={visibility}
        change={(value) => choose({ ...choice, visibility: value, blind: blind && value !== "invited" })}
        hint={t(`marketplace.post.seen.${visibility}`)}
        options={visibilities.map((value) => ({ value, says: t(`marketplace.visibility.${value}`) }))}
      />
      <Tick
        label={t("marketplace.post.sealed")}
        name="sealed"
        value={bidding === "sealed"}
        change={(on) => choose({ ...choice, bidding: on ? "sealed" : "open" })}
      />
      {visibility === "invited" ? undefined : (
        <Tick label={t("marketplace.post.blind")} name="blind" value={blind} change={(on) => choose({ ...choice, blind: on })} />
      )}
    </>
  );
}
