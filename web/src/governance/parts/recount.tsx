// The count once more, in the reader's own browser, from the published votes and the same rules.
import type { readTally } from "@partcommune/shared/governance/api";
import { countOf } from "@partcommune/shared/governance/rules/count";
import { chanceOf } from "@partcommune/shared/governance/rules/counting/lot";
import type { Notice } from "@partcommune/shared/governance/rules/notice";
import { standingOf } from "@partcommune/shared/governance/rules/turnout";
import type { College } from "@partcommune/shared/governance/rules/words";
import { same as isSame } from "@partcommune/shared/platform/same";
import type { ToldOf } from "@partcommune/shared/platform/endpoint";
import { useState } from "react";
import { useT } from "../../platform/i18n.tsx";
import type { Tally } from "./result.tsx";

export function Recount({ notice, told }: { readonly notice: Notice; readonly told: ToldOf<typeof readTally> }) {
  const t = useT();
  const [same, setSame] = useState<boolean>();
  const recount = (): void => {
    const cast = told.calls.map(({ college, choice }) => ({ college: college as College, choice }));
    const tally = JSON.parse(told.tally) as Tally;
    const receipts = told.calls.map(({ receipt }) => receipt);
    const { stages } = countOf(notice, cast, chanceOf(told.seed, receipts), standingOf(tally.came));
    setSame(isSame(stages, tally.stages));
  };
  return (
    <p className="acts">
      <button type="button" className="quiet" onClick={recount}>
        {t("votes.recount")}
      </button>
      {same === undefined ? undefined : <span role="status">{t(same ? "votes.recount.same" : "votes.recount.differs")}</span>}
    </p>
  );
}
