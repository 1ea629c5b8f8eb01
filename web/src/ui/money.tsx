// An amount as people of the page's language write it, to the last decimal of its currency, never through a floating number.
import { exponentOf, type MoneyText } from "@partcommune/shared/platform/money";
import { useSpeech } from "../platform/i18n.tsx";

export function useMoney(): (money: MoneyText) => string {
  const { language } = useSpeech();
  return ({ amount, currency }) => {
    const digits = exponentOf(currency);
    const format = new Intl.NumberFormat(language === "en" ? "en-IE" : language, {
      minimumFractionDigits: digits,
      maximumFractionDigits: digits,
    });
    return `${format.format(amount as Intl.StringNumericLiteral)}\u00a0${language === "fr" && currency === "EUR" ? "€" : currency}`
      .replaceAll(/[,\u202f]/g, (mark) => (mark === "," && language !== "en" ? mark : "\u00a0"))
      .replace("-", "\u2212");
  };
}

export function Money({ of }: { readonly of: MoneyText }) {
  const say = useMoney();
  return <span className="money">{say(of)}</span>;
}
