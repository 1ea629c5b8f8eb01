// The common fund as anyone may see it: what it holds, what came in, and whether every member could be paid today.
import { readFund } from "@partcommune/shared/mutual/api";
import { readCoop } from "@partcommune/shared/platform/api";
import type { ToldOf } from "@partcommune/shared/platform/endpoint";
import { useWanted } from "../../platform/call.tsx";
import { useT } from "../../platform/i18n.tsx";
import { Hatch } from "../../ui/hatch.tsx";
import { Link } from "../../ui/link.tsx";
import { Money } from "../../ui/money.tsx";
import { At, Day, useDay } from "../../ui/when.tsx";
import { CostsOfYear } from "../../money/parts/costs-of-year.tsx";
import { Witnessed } from "../../federation/parts/witnessed.tsx";
import { Kept } from "../parts/kept.tsx";
import { Coverage, useRatio } from "../parts/coverage.tsx";
import { Concentration } from "../parts/concentration.tsx";
import { Lasting } from "../parts/lasting.tsx";
import { Queue } from "../parts/queue.tsx";
import { Opens } from "../parts/opens.tsx";
import { Pots } from "../parts/pots.tsx";
import { Warnings } from "../parts/warnings.tsx";

type FundTold = ToldOf<typeof readFund>;

export function Fund() {
  const t = useT();
  const fund = useWanted(readFund, {});
  return (
    <>
      <section>
        <h1>{t("mutual.fund.title")}</h1>
        {fund.booksAddUp ? undefined : <p className="wrong">{t("mutual.fund.wrong")}</p>}
        <p className="lead">{t("mutual.fund.lead")}</p>
        <Figures fund={fund} />
        <Queue queue={fund.queue} />
      </section>
      <Warnings warnings={fund.warnings} />
      <Pots pots={fund.pots} />
      <section className="pair">
        <Coverage coverage={fund.coverage} />
        <Lasting fund={fund} />
      </section>
      <section className="pair">
        <Kept counters={fund.guarantee} />
        <Concentration found={fund.concentration} />
      </section>
      <section>
        <Fees fees={fund.fees} />
      </section>
      <CostsOfYear />
      <Witnessed coops={fund.witnesses} />
      <section>
        <p>
          {fund.booksAddUp ? t("mutual.fund.right") : t("mutual.fund.wrong")} {t("mutual.fund.at")} <At at={fund.at} />.
        </p>
        {fund.windDown ? (
          <p>
            {fund.windDown.holds ? t("mutual.fund.rehearsed", { files: fund.windDown.files }) : t("mutual.fund.rehearsalFailed")}{" "}
            <At at={fund.windDown.at} />.
          </p>
        ) : undefined}
        <Reviewed />
        <p>
          <Link to="/fund/history">{t("mutual.fund.history")}</Link>
        </p>
        <p>
          <Link to="/fund/stress">{t("mutual.fund.stress")}</Link>
        </p>
        <p>
          <Link to="/bylaws">{t("mutual.fund.rules")}</Link>
        </p>
      </section>
    </>
  );
}

/** Who looked through the rules that invoices are written by, where a board had to name somebody (ADR 36). */
function Reviewed() {
  const t = useT();
  const day = useDay();
  const { review } = useWanted(readCoop, {});
  return review ? <p>{t("mutual.fund.reviewed", { reviewer: review.reviewer, day: day(review.reviewedOn) })}</p> : undefined;
}

/** The four numbers a member asks for first. */
function Figures({ fund: { total, cameIn, wentOut, coverage } }: { readonly fund: FundTold }) {
  const t = useT();
  const ratio = useRatio();
  return (
    <dl className="figures">
      <div>
        <dt>
          <span className="swatch" aria-hidden="true">
            <Hatch />
          </span>{" "}
          {t("mutual.fund.total")}
        </dt>
        <dd>
          <Opens figure="total" of={total} />
        </dd>
      </div>
      <div>
        <dt>{t("mutual.fund.cameIn")}</dt>
        <dd>
          <Opens figure="cameIn" of={cameIn} />
        </dd>
      </div>
      <div>
        <dt>{t("mutual.fund.wentOut")}</dt>
        <dd>
          <Opens figure="wentOut" of={wentOut} />
        </dd>
      </div>
      <div>
        <dt>{t("mutual.fund.coverage")}</dt>
        <dd>{coverage.ppm === undefined ? t("mutual.fund.nothingOwed") : ratio(coverage.ppm)}</dd>
      </div>
    </dl>
  );
}

function Fees({ fees }: { readonly fees: FundTold["fees"] }) {
  const t = useT();
  return (
    <section aria-labelledby="fees">
      <h2 id="fees">{t("mutual.fees.title")}</h2>
      {fees.length === 0 ? <p>{t("mutual.fees.empty")}</p> : undefined}
      <ul className="rows">
        {fees.map(({ on, fee }, at) => (
          <li key={`${on}-${at}`}>
            <Day on={on} />
            <strong>
              <Money of={fee} />
            </strong>
          </li>
        ))}
      </ul>
    </section>
  );
}
