// What a value would have meant while its proposal is still being written: worked out when its writer asks, and gone once they change it.
import { useState } from "react";
import { readEffects } from "@partcommune/shared/governance/api";
import type { AskedOf } from "@partcommune/shared/platform/endpoint";
import { useAct } from "../../platform/call.tsx";
import { useT } from "../../platform/i18n.tsx";
import { faultAt, Refusal } from "../../ui/refusal.tsx";
import { EffectsTold } from "./effects.tsx";

export function Tried({ rule, value }: { readonly rule: string; readonly value: unknown }) {
  const t = useT();
  const { act, busy, told, refusal } = useAct(readEffects);
  const text = JSON.stringify(value);
  const [tried, setTried] = useState("");
  const ask = async (): Promise<void> => {
    setTried(text);
    await act({ key: rule as AskedOf<typeof readEffects>["key"], value: text });
  };
  const fault = faultAt(refusal, "/value");
  return (
    <div className="tried" aria-live="polite">
      <button type="button" className="quiet" disabled={busy} onClick={() => void ask()}>
        {t("votes.effects.try")}
      </button>
      {tried === text && fault ? <p className="fault">{t("votes.effects.outside")}</p> : undefined}
      {tried === text && !fault ? <Refusal problem={refusal} /> : undefined}
      {tried === text && told ? <EffectsTold told={told} /> : undefined}
    </div>
  );
}
