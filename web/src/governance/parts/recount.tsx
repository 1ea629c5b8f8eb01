// The count once more, in the reader's own browser, from the published votes and the same rules.
import { listCalls, type readTally } from "@partcommune/shared/governance/api";
import { countOf } from "@partcommune/shared/governance/rules/count";
import { chanceOf, inOrderOfRoll } from "@partcommune/shared/governance/rules/counting/lot";
import type { Notice } from "@partcommune/shared/governance/rules/notice";
import { standingOf } from "@partcommune/shared/governance/rules/turnout";
import { same as isSame } from "@partcommune/shared/platform/same";
import type { ToldOf } from "@partcommune/shared/platform/endpoint";
import { useRouteContext } from "@tanstack/react-router";
import { useState } from "react";
import type { Call } from "../../platform/call.tsx";
import { useT } from "../../platform/i18n.tsx";
import type { Tally } from "./result.tsx";

type Calls = ToldOf<typeof listCalls>["items"];

/** The whole roll-call, page after page. */
async function callsOf(call: Call, vote: string): Promise<Calls> {
  const lines: Calls = [];
  let after: string | undefined;
  do {
    const { items, next } = await call(listCalls, { vote, limit: 2_000, ...(after === undefined ? {} : { after }) });
    lines.push(...items);
    after = next;
  } while (after !== undefined);
  return lines;
}

export function Recount({ notice, told }: { readonly notice: Notice; readonly told: ToldOf<typeof readTally> }) {
  const t = useT();
  const { call } = useRouteContext({ from: "__root__" });
  const [state, setState] = useState<"busy" | "same" | "differs" | "failed">();
  const recount = async (): Promise<void> => {
    setState("busy");
    try {
      const lines = inOrderOfRoll(await callsOf(call, notice.vote));
      const tally = JSON.parse(told.tally) as Tally;
      const receipts = lines.map(({ receipt }) => receipt);
      const { stages } = countOf(notice, lines, chanceOf(told.seed, receipts), standingOf(tally.came));
      setState(isSame(stages, tally.stages) ? "same" : "differs");
    } catch {
      setState("failed");
    }
  };
  return (
    <p className="acts">
      <button type="button" className="quiet" disabled={state === "busy"} onClick={() => void recount()}>
        {t("votes.recount")}
      </button>
      {state === undefined || state === "busy" ? undefined : <span role="status">{t(`votes.recount.${state}`)}</span>}
    </p>
  );
}
