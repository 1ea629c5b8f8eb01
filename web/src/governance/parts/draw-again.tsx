// The lot drawn once more, in the reader's own browser, from what is published and by the same rules.
import { commitmentOf, orderOf, poolRootOf, seedOf } from "@partcommune/shared/governance/rules/lot";
import { same as isSame } from "@partcommune/shared/platform/same";
import { useState } from "react";
import { useT } from "../../platform/i18n.tsx";
import type { LotTold } from "../screens/lot.tsx";

/** Whether the pool has its hash, each number its fingerprint, and all together this order. */
function comesToTheSame({ pool, poolRoot, parties, seed, drawn }: LotTold): boolean {
  const seeds = parties.map((party) => ({ party: party.party, seed: party.seed ?? "" }));
  return (
    poolRootOf(pool) === poolRoot &&
    parties.every((party) => commitmentOf(party.seed ?? "") === party.hash) &&
    seedOf(seeds) === seed &&
    isSame(orderOf(seed, pool).slice(0, drawn.length), drawn)
  );
}

export function DrawAgain({ lot }: { readonly lot: LotTold }) {
  const t = useT();
  const [same, setSame] = useState<boolean>();
  return (
    <p className="acts">
      <button type="button" className="quiet" onClick={() => setSame(comesToTheSame(lot))}>
        {t("panels.lot.drawAgain")}
      </button>
      {same === undefined ? undefined : <span role="status">{t(same ? "panels.lot.same" : "panels.lot.differs")}</span>}
    </p>
  );
}
