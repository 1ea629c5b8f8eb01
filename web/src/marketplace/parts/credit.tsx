// A credit of a milestone's invoice that waits: what it takes back and why, who has agreed, and the reader's own yes.
import { agreeToCredit } from "@partcommune/shared/money/api";
import { useAct } from "../../platform/call.tsx";
import { useT } from "../../platform/i18n.tsx";
import { Form } from "../../ui/form.tsx";
import { useMoney } from "../../ui/money.tsx";
import type { MilestoneTold } from "./told.ts";

type CreditProps = {
  readonly credit: NonNullable<MilestoneTold["credit"]>;
  readonly client: string;
  readonly member: string;
};

export function Credit({ credit: { id, net, reason, agreed, acts }, client, member }: CreditProps) {
  const t = useT();
  const say = useMoney();
  const { act, busy, refusal } = useAct(agreeToCredit);
  const names = agreed.map((side) => (side === "client" ? client : member)).join(", ");
  return (
    <>
      <h4>{t("workspace.credit.title")}</h4>
      <p>{t("workspace.credit.says", { net: say(net) })}</p>
      <p className="letter">{reason}</p>
      <p className="steps">{agreed.length > 0 ? t("workspace.credit.agreed", { names }) : t("workspace.credit.none")}</p>
      {acts.includes("agree") ? (
        <Form act={async () => void (await act({ credit: id }))} says={t("workspace.credit.agree")} busy={busy} ready refusal={refusal}>
          <p>{t("workspace.credit.agree.says")}</p>
        </Form>
      ) : undefined}
    </>
  );
}
