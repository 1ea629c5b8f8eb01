// What a line of the bank means, in a sentence.
import type { listBankLines } from "@partcommune/shared/money/api";
import type { ToldOf } from "@partcommune/shared/platform/endpoint";
import { useSpeech, useT } from "../../platform/i18n.tsx";
import { useDay } from "../../ui/when.tsx";

type Line = Pick<ToldOf<typeof listBankLines>["items"][number], "kind" | "about" | "on" | "transfers" | "without">;

/** Of a payout that left as one sum, also whose transfers did not leave with it. */
export function useLineText(): (line: Line) => string {
  const t = useT();
  const { language } = useSpeech();
  const day = useDay();
  return ({ kind, about, on, transfers = { meant: 0, all: 0 }, without = [] }) => {
    const line = t(`money.line.${kind}`, { about, on: on === undefined ? "" : day(on), ...transfers });
    return without.length === 0 ? line : t("money.line.without", { line, names: new Intl.ListFormat(language).format(without) });
  };
}
