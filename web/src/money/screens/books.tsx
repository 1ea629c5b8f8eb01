// The desk of the books: what the checks said of them, and each year as files for programs that nobody here wrote.
import { readMe } from "@partcommune/shared/membership/api";
import { downloadFec, downloadJournal, downloadTable, readBooks } from "@partcommune/shared/money/api/books";
import { bookTableNames } from "@partcommune/shared/money/rules/book-tables";
import { journalForms } from "@partcommune/shared/money/rules/journal";
import type { ToldOf } from "@partcommune/shared/platform/endpoint";
import { queryOf, useWanted } from "../../platform/call.tsx";
import { useT } from "../../platform/i18n.tsx";
import { useLive } from "../../platform/live.tsx";
import { At } from "../../ui/when.tsx";
import { Closing } from "../parts/closing.tsx";
import { IncomeReport } from "../parts/income-report.tsx";
import { Payroll } from "../parts/payroll.tsx";
import { Vat } from "../parts/vat.tsx";

type Told = ToldOf<typeof readBooks>;

export function Books() {
  const t = useT();
  useLive("desk:money");
  const { years, waiting, checked, takes } = useWanted(readBooks, {});
  const { person } = useWanted(readMe, {});
  const acts = person?.roles.includes("treasurer") ?? false;
  return (
    <>
      <section>
        <h1>{t("books.title")}</h1>
        {checked && checked.found.length > 0 ? <p className="wrong">{t("books.wrong", { count: checked.found.length })}</p> : undefined}
        <p className="lead">{t("books.lead")}</p>
        <Checked checked={checked} />
        {waiting > 0 ? <p className="hint">{t("books.waiting", { count: waiting })}</p> : undefined}
        {takes ? undefined : <p>{t("books.board")}</p>}
      </section>
      {takes ? (
        <div className="pair">
          <div className="stack">
            <Vat acts={acts} />
            <Payroll acts={acts} />
          </div>
          <div className="stack">
            <Closing acts={acts} />
            <Years years={years} takes />
          </div>
        </div>
      ) : (
        <Years years={years} takes={false} />
      )}
    </>
  );
}

function Years({ years, takes }: Pick<Told, "years" | "takes">) {
  const t = useT();
  if (years.length === 0) return <p role="status">{t("books.none")}</p>;
  return years.map((each) => <Year key={each.year} of={each} takes={takes} />);
}

/** What the checks said, and when. */
function Checked({ checked }: Pick<Told, "checked">) {
  const t = useT();
  if (!checked) return <p role="status">{t("books.unchecked")}</p>;
  const { at, asked, found } = checked;
  return (
    <>
      <p>
        {t("books.checked", { count: asked })} <At at={at} />.
      </p>
      {found.length > 0 ? (
        <ul>
          {found.map(({ name, rows }) => (
            <li key={name}>
              <code>{name}</code> {t("books.rows", { count: rows })}
            </li>
          ))}
        </ul>
      ) : undefined}
    </>
  );
}

/** A year with its files. */
function Year({ of: { year, entries }, takes }: { readonly of: Told["years"][number]; readonly takes: boolean }) {
  const t = useT();
  return (
    <section aria-labelledby={`y${year}`}>
      <h2 id={`y${year}`}>{year}</h2>
      <p>{t("books.entries", { count: entries })}</p>
      {takes ? (
        <>
          <h3>{t("books.journals")}</h3>
          <ul>
            {journalForms.map((form) => (
              <Download key={form} path={downloadJournal.path} asks={{ year, form }} says={t(`books.journal.${form}`)} />
            ))}
          </ul>
          <h3>{t("books.tables")}</h3>
          <ul>
            {bookTableNames.map((table) => (
              <Download key={table} path={downloadTable.path} asks={{ year, table }} says={t(`books.table.${table}`)} />
            ))}
          </ul>
          <h3>{t("books.fec")}</h3>
          <p>{t("books.fec.says")}</p>
          <ul>
            <Download path={downloadFec.path} asks={{ year }} says={t("books.fec.file")} />
          </ul>
          <IncomeReport year={year} />
        </>
      ) : undefined}
    </section>
  );
}

type DownloadProps = { readonly path: string; readonly asks: Readonly<Record<string, string | number>>; readonly says: string };

const Download = ({ path, asks, says }: DownloadProps) => (
  <li>
    <a href={path + queryOf(Object.entries(asks))} download>
      {says}
    </a>
  </li>
);
