// Letting somebody else vote for oneself, once, in this vote.
import { giveProxy, listVoters, takeProxyBack } from "@partcommune/shared/governance/api";
import { useState } from "react";
import { useAct, useAsked } from "../../platform/call.tsx";
import { useT } from "../../platform/i18n.tsx";
import { Pick } from "../../ui/field.tsx";
import { Form } from "../../ui/form.tsx";
import { Unfold } from "../../ui/unfold.tsx";
import type { VoteTold } from "../screens/vote.tsx";

export function Proxies({ vote }: { readonly vote: VoteTold }) {
  const t = useT();
  const mine = vote.mine;
  if (!mine || mine.cast || mine.holds.length > 0) return undefined;
  if (mine.proxyTo) return <TakeBack vote={vote.id} name={mine.proxyTo} />;
  return (
    <Unfold says={t("votes.proxy.give")}>
      <Give vote={vote.id} />
    </Unfold>
  );
}

function Give({ vote }: { readonly vote: string }) {
  const t = useT();
  const [holder, setHolder] = useState("");
  const voters = useAsked(listVoters, { vote, limit: 200 }, true)?.items ?? [];
  const { act, busy, refusal } = useAct(giveProxy);
  const options = [{ value: "", says: "–" }, ...voters.map(({ person, name }) => ({ value: person, says: name }))];
  return (
    <Form
      act={async () => void (await act({ vote, holder }))}
      says={t("votes.proxy.send")}
      busy={busy}
      ready={holder !== ""}
      refusal={refusal}
    >
      <p>{t("votes.proxy.says")}</p>
      <Pick label={t("votes.proxy.to")} name="holder" value={holder} change={setHolder} options={options} />
    </Form>
  );
}

function TakeBack({ vote, name }: { readonly vote: string; readonly name: string }) {
  const t = useT();
  const { act, busy, refusal } = useAct(takeProxyBack);
  return (
    <Form act={async () => void (await act({ vote }))} says={t("votes.proxy.takeBack")} busy={busy} ready refusal={refusal}>
      <p>{t("votes.proxy.given", { name })}</p>
    </Form>
  );
}
