// What a figure of the fund is the sum of: each entry where it is nobody's own, else the months.
import { useSearch } from "@tanstack/react-router";
import { pots } from "@partcommune/shared/governance/rules/pots";
import { listFigureEntries } from "@partcommune/shared/mutual/api";
import { potFigure, type FigureId } from "@partcommune/shared/mutual/rules/figures";
import { entryKinds } from "@partcommune/shared/money/rules/entry";
import type { ToldOf } from "@partcommune/shared/platform/endpoint";
import { useWanted } from "../../platform/call.tsx";
import { useSpeech, useT } from "../../platform/i18n.tsx";
import { Link } from "../../ui/link.tsx";
import { Money } from "../../ui/money.tsx";
import { Day } from "../../ui/when.tsx";
import { figureIn } from "../parts/figure-in.ts";

type Told = ToldOf<typeof listFigureEntries>;

export function Entries() {
  const t = useT();
  const asked = figureIn(useSearch({ strict: false }));
  const told = useWanted(listFigureEntries, asked);
  const { figure, on, sum, entries, rowByRow, items, next } = told;
  const file = `/api/v1/fund/entries/csv?figure=${figure}&on=${on}`;
  return (
    <>
      <section>
        <h1>{useFigure()(figure)}</h1>
        <p className="lead">
          <Money of={sum} />
        </p>
        <p>
          {t("entries.count", { count: entries })} <Day on={on} />. {rowByRow ? t("entries.rows") : t("entries.months")}
        </p>
        <p className="acts">
          <a href={file} className="button quiet" download>
            {t("entries.file")}
          </a>
          <Link to="/fund">{t("entries.fund")}</Link>
        </p>
      </section>
      {items.length === 0 ? <p role="status">{t("entries.none")}</p> : <Rows items={items} rowByRow={rowByRow} />}
      {next ? (
        <p>
          <Link to="/fund/entries" search={{ figure, on, after: next }}>
            {t("entries.next")}
          </Link>
        </p>
      ) : undefined}
    </>
  );
}

/** What a figure is called on the page it stands on. */
function useFigure(): (figure: FigureId) => string {
  const t = useT();
  return (figure) => {
    const pot = pots.find((each) => potFigure(each) === figure);
    return pot ? t("entries.pot", { pot: t(`governance.pot.${pot}`) }) : t(`entries.figure.${figure}`);
  };
}

function Rows({ items, rowByRow }: Pick<Told, "items" | "rowByRow">) {
  const t = useT();
  return (
    <table className="cards">
      <caption>{rowByRow ? t("entries.caption.rows") : t("entries.caption.months")}</caption>
      <thead>
        <tr>
          <th scope="col">{t("entries.what")}</th>
          <th scope="col">{t("entries.on")}</th>
          <th scope="col">{rowByRow ? t("entries.accounts") : t("entries.how-many")}</th>
          <th scope="col" className="amount">
            {t("entries.amount")}
          </th>
        </tr>
      </thead>
      <tbody>
        {items.map((item) => (
          <Row key={item.id ?? item.on + item.kind} item={item} rowByRow={rowByRow} />
        ))}
      </tbody>
    </table>
  );
}

function Row({
  item: { id, on, kind, entries, amount, accounts, bylaws },
  rowByRow,
}: {
  readonly item: Told["items"][number];
  readonly rowByRow: boolean;
}) {
  const t = useT();
  const { language } = useSpeech();
  const month = new Intl.DateTimeFormat(language, { month: "long", year: "numeric", timeZone: "UTC" });
  const known = entryKinds.find((each) => each === kind);
  const says = known ? t(`entries.kind.${known}`) : kind;
  return (
    <tr>
      <th scope="row">
        {id ? <Link to={`/fund/entries/${id}`}>{says}</Link> : says}
        {bylaws.length > 0 ? <small>{t("entries.bylaws", { versions: bylaws.join(", ") })}</small> : undefined}
      </th>
      <td data-label={t("entries.on")}>
        {rowByRow ? <Day on={on} /> : month.format(Temporal.PlainDate.from(on).toZonedDateTime("UTC").epochMilliseconds)}
      </td>
      <td data-label={rowByRow ? t("entries.accounts") : t("entries.how-many")} className="code">
        {rowByRow ? accounts.join(", ") : entries}
      </td>
      <td className="amount" data-label={t("entries.amount")}>
        <Money of={amount} />
      </td>
    </tr>
  );
}
