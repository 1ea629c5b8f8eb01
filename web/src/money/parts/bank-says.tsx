// What a bank reported on a payout or on a transfer in it, its codes in words.
import type { listPayouts } from "@partcommune/shared/money/api";
import type { ToldOf } from "@partcommune/shared/platform/endpoint";
import { useT } from "../../platform/i18n.tsx";
import { At } from "../../ui/when.tsx";

type Said = NonNullable<ToldOf<typeof listPayouts>["items"][number]["said"]>;

/** The states and the reasons of ISO 20022 that banks give for transfers; another one stands as its code. */
const statuses = ["RCVD", "ACTC", "ACCP", "ACSP", "ACSC", "ACCC", "ACWC", "PART", "PDNG", "RJCT"] as const;
const reasons = [
  "AC01",
  "AC03",
  "AC04",
  "AC06",
  "AC13",
  "AG01",
  "AG02",
  "AM04",
  "AM05",
  "AM10",
  "BE01",
  "BE04",
  "BE05",
  "CNOR",
  "CUST",
  "DT01",
  "DUPL",
  "FF01",
  "MD07",
  "MS02",
  "MS03",
  "RC01",
  "RR04",
  "TM01",
] as const;

const known = <Code extends string>(codes: readonly Code[], code: string): Code | undefined => codes.find((each) => each === code);

/** `before`: of an earlier transfer of the same. */
export function BankSays({ said: { status, reason, words, at }, before = false }: { readonly said: Said; readonly before?: boolean }) {
  const t = useT();
  const [state, why] = [known(statuses, status), known(reasons, reason ?? "")];
  return (
    <p role="status">
      {before ? `${t("money.bank.before")} ` : ""}
      {state ? t(`money.bank.says.${state}`) : t("money.bank.says.other", { code: status })}
      {reason === undefined ? "" : ` ${why ? t(`money.bank.why.${why}`) : t("money.bank.why.other", { code: reason })}`}
      {words === undefined ? "" : ` ${t("money.bank.words", { words })}`} · <At at={at} />
    </p>
  );
}
