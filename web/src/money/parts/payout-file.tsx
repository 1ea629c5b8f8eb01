// The file of a signed payout: who takes it for the bank is written down, and whoever takes it again is told who did before.
import { readPayoutFile, takePayoutFile, type listPayouts } from "@partcommune/shared/money/api";
import { pathWith, type ToldOf } from "@partcommune/shared/platform/endpoint";
import { useAct } from "../../platform/call.tsx";
import { useT } from "../../platform/i18n.tsx";
import { Form } from "../../ui/form.tsx";
import { At } from "../../ui/when.tsx";

type Batch = ToldOf<typeof listPayouts>["items"][number];

export function PayoutFile({ batch: { id, taken } }: { readonly batch: Batch }) {
  const t = useT();
  const { act, busy, refusal } = useAct(takePayoutFile);
  const again = taken.length > 0;
  return (
    <>
      {again ? <Taken taken={taken} /> : undefined}
      {taken.some(({ mine }) => mine) ? (
        <p>
          <a href={pathWith(readPayoutFile.path, { payout: id })}>{t("money.file.download")}</a>
        </p>
      ) : (
        <Form act={async () => void (await act({ payout: id }))} says={t("money.file.take")} busy={busy} ready refusal={refusal}>
          <p className="hint">{t(again ? "money.file.again" : "money.file.says")}</p>
        </Form>
      )}
    </>
  );
}

function Taken({ taken }: Pick<Batch, "taken">) {
  const t = useT();
  return (
    <ul className="steps">
      {taken.map(({ by, at }, place) => (
        <li key={place}>
          {t("money.file.taken", { name: by })} <At at={at} />
        </li>
      ))}
    </ul>
  );
}
