// A month of a member's money on paper: what came and left, what it went through payroll for, and of each line the way to its entry.
import type { readPay } from "@partcommune/shared/money/api/pay";
import type { Letterhead } from "@partcommune/shared/platform/letterhead";
import type { AnswerOf, InputOf } from "@partcommune/shared/platform/endpoint";
import { moneyText, type Money } from "@partcommune/shared/platform/money";
import type { Language } from "@partcommune/shared/platform/page";
import { firstSpoken } from "@partcommune/shared/platform/spoken";
import type { Day } from "@partcommune/shared/platform/time";
import { memberCard } from "../../membership/index.ts";
import type { File } from "../../platform/doors.ts";
import { letterheadOf } from "../../platform/letterhead.ts";
import { plain, printed, prose, type Block } from "../../platform/pdf.ts";
import { found } from "../../platform/refused.ts";
import type { View } from "../../platform/scope.ts";
import { houseOf, type House } from "../store/house.ts";
import { payOf } from "../store/pay-month.ts";
import { amountSpoken, dayText, grey, head, strings, type Words } from "./print-invoice.ts";

type Pay = AnswerOf<typeof readPay>;
type Line = Pay["lines"][number];

type ToPrint = {
  readonly pay: Pay;
  readonly house: House;
  readonly letterhead: Letterhead;
  readonly name: string;
  readonly language: Language;
  readonly origin: string;
};

/** All that stands on the paper, in the language of whoever takes it. */
export async function payToPrint(view: View, input: InputOf<typeof readPay>): Promise<ToPrint> {
  const { actor, db, origin } = view;
  const pay = await payOf(view, input);
  const house = await houseOf(db);
  const { name } = found(await memberCard(view, input.member));
  const { language = house.language } = (actor.kind === "person" ? (await view.people([actor.person])).get(actor.person) : undefined) ?? {};
  return { pay, house, letterhead: await letterheadOf(db), name, language, origin };
}

/** Prints it. */
export async function printPay({ pay, house, letterhead, name, language, origin }: ToPrint): Promise<File> {
  const t: Words = (id, values) => plain(strings(language, id, values));
  const say = (money: Money): string => amountSpoken(moneyText(money), language).replace("-", "\u2212");
  const title = t("pay.paper.title", { month: monthText(pay.month, language) });
  const bytes = await printed({
    title,
    author: plain(house.name),
    language,
    on: `${pay.month}-01` as Day,
    ...(house.demo ? { across: t("money.paper.specimen") } : {}),
    content: [
      head({ ...letterhead, name: house.name, country: house.country }, language, t),
      { text: title, fontSize: 20, bold: true },
      { text: prose(name), bold: true, margin: [0, 0, 0, 12] },
      sums(pay, t, say),
      table(pay.lines, { t, say, language, origin }),
      { text: t(pay.payroll ? "pay.paper.employed" : "pay.paper.says"), margin: [0, 20, 0, 0] },
    ],
  });
  return { name: `${t("pay.paper.file", { month: pay.month })}.pdf`, bytes };
}

const monthText = (month: string, language: Language): string =>
  firstSpoken(
    new Intl.DateTimeFormat(language === "en" ? "en-GB" : language, { month: "long", year: "numeric", timeZone: "UTC" }).format(
      Date.parse(`${month}-01T00:00:00Z`),
    ),
    language,
  );

type Say = (money: Money) => string;

const right = (text: string, bold = false): Block => ({ text, alignment: "right", noWrap: true, bold });

function sums({ opening, came, left, closing, payroll }: Pay, t: Words, say: Say): Block {
  const rows: readonly (readonly [string, Money])[] = [
    ["pay.opening", opening],
    ["pay.came", came],
    ["pay.left", left],
    ["pay.closing", closing],
    ...(payroll
      ? ([
          ["pay.row.employer", payroll.employer],
          ["pay.row.employee", payroll.employee],
          ["pay.row.net", payroll.net],
        ] as const)
      : []),
  ];
  const body = rows.map(([id, money]) => [{ text: t(id), color: grey }, right(say(money), id === "pay.row.net")]);
  return { layout: "noBorders", table: { widths: ["auto", "auto"], body }, margin: [0, 0, 0, 20] };
}

const ruled = { hLineWidth: (at: number): number => (at === 1 ? 0.6 : 0), vLineWidth: (): number => 0, hLineColor: (): string => grey };

type Telling = { readonly t: Words; readonly say: Say; readonly language: Language; readonly origin: string };

function table(lines: readonly Line[], telling: Telling): Block {
  const { t } = telling;
  const headed = (id: string): Block => ({ text: t(id), color: grey });
  const heads = [headed("pay.on"), headed("pay.what"), { text: t("pay.amount"), color: grey, alignment: "right" }];
  return {
    layout: ruled,
    table: { headerRows: 1, widths: ["auto", "*", "auto"], body: [heads, ...lines.map((line) => row(line, telling))] },
  };
}

/** Each line with its papers, and under it the name of its entry, which leads to its page. */
function row({ entry, on, kind, about, invoice, paper, amount, payroll }: Line, { t, say, language, origin }: Telling): readonly Block[] {
  const papers = [about, invoice, paper?.number].filter((text) => text !== undefined).join(" · ");
  const parts = payroll && t("pay.parts", { employer: say(payroll.employer), employee: say(payroll.employee), net: say(payroll.net) });
  const stack = [
    { text: t(`entries.kind.${kind}`) },
    ...(papers === "" ? [] : [{ text: prose(papers), color: grey }]),
    ...(parts === undefined ? [] : [{ text: parts, color: grey }]),
    ...(payroll?.model === undefined ? [] : [{ text: t("pay.by", { model: payroll.model }), color: grey }]),
    { text: entry, link: `${origin}/${language}/fund/entries/${entry}`, fontSize: 8, color: grey },
  ];
  return [{ text: dayText(on, language), noWrap: true }, { stack }, right(say(amount))];
}
