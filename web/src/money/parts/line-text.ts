// What a line of the bank means, in a sentence.
import type { listBankLines } from "@partcommune/shared/money/api";
import type { ToldOf } from "@partcommune/shared/platform/endpoint";
import { useSpeech, useT } from "../../platform/i18n.tsx";

type Line = Pick<ToldOf<typeof listBankLines>["items"][number], "kind" | "about" | "without">;

/** Of a payout that left as one sum, also whose transfers did not leave with it. */
export function useLineText(): (line: Line) => string {
  const t = useT();
  const { language } = useSpeech();
  return ({ kind, about, without = [] }) => {
    const line = t(`money.line.${kind}`, { about });
    return without.length === 0 ? line : t("money.line.without", { line, names: new Intl.ListFormat(language).format(without) });
  };
}
