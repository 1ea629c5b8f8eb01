// Up to six bids side by side: a table on a wide screen, one below the other on a narrow one.
import { listBylaws } from "@partcommune/shared/governance/api";
import type { readJob } from "@partcommune/shared/marketplace/api";
import { budgetOf } from "@partcommune/shared/money/rules/split";
import { moneyFrom, moneyText } from "@partcommune/shared/platform/money";
import type { ToldOf } from "@partcommune/shared/platform/endpoint";
import type { ReactNode } from "react";
import { useWanted } from "../../platform/call.tsx";
import { useT } from "../../platform/i18n.tsx";
import { Link } from "../../ui/link.tsx";
import { Money } from "../../ui/money.tsx";
import { Unfold } from "../../ui/unfold.tsx";
import { Day } from "../../ui/when.tsx";
import { useBidder, type BidTold } from "./bidder.ts";
import { HomeOf } from "./home-of.tsx";
import { Offered } from "./offered.tsx";
import { ReferenceList } from "./reference-list.tsx";

type JobTold = ToldOf<typeof readJob>;
type Line = { readonly name: string; readonly of: (bid: BidTold) => ReactNode };

export function Comparison({ job, bids }: { readonly job: JobTold; readonly bids: readonly BidTold[] }) {
  const t = useT();
  const lines = useLines(job);
  const named = bids.map((bid) => ({ bid, head: <Head bid={bid} /> }));
  return (
    <>
      <div className="wide">
        <table className="comparison">
          <caption className="heard">{t("marketplace.compare.title")}</caption>
          <thead>
            <tr>
              <th scope="col">
                <span className="heard">{t("marketplace.compare.what")}</span>
              </th>
              {named.map(({ bid, head }) => (
                <th key={bid.id} scope="col">
                  {head}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {lines.map(({ name, of }) => (
              <tr key={name}>
                <th scope="row">{name}</th>
                {bids.map((bid) => (
                  <td key={bid.id}>{of(bid)}</td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <ul className="plain narrow">
        {named.map(({ bid, head }) => (
          <li key={bid.id} className="milestone">
            <h3>{head}</h3>
            <dl className="facts">
              {lines.map(({ name, of }) => (
                <div key={name}>
                  <dt>{name}</dt>
                  <dd>{of(bid)}</dd>
                </div>
              ))}
            </dl>
          </li>
        ))}
      </ul>
    </>
  );
}

function Head({ bid }: { readonly bid: BidTold }) {
  const name = useBidder()(bid);
  return (
    <>
      {bid.handle ? <Link to={`/members/${bid.handle}`}>{name}</Link> : name}
      <HomeOf bid={bid} />
    </>
  );
}

/** What is compared, line by line. */
function useLines(job: JobTold): readonly Line[] {
  const t = useT();
  const { items } = useWanted(listBylaws, {});
  const rate = BigInt((items.find(({ key }) => key === "fee.rate")?.value as number | undefined) ?? 0);
  const skills: Line = {
    name: t("marketplace.search.skills"),
    of: ({ matched }) => {
      const labels = job.skills.flatMap(({ id, label }) => (matched.includes(id) ? [label] : []));
      return labels.length > 0 ? labels.join(" · ") : t("marketplace.compare.none");
    },
  };
  return [
    { name: t("marketplace.job.price"), of: (bid) => <Offered bid={bid} /> },
    {
      name: t("marketplace.compare.gets"),
      of: ({ amount, home }) => <Money of={moneyText(budgetOf([moneyFrom(amount)], home ? BigInt(home.feePpm) : rate))} />,
    },
    { name: t("marketplace.job.dates"), of: () => <Days of={job} /> },
    ...(job.skills.length > 0 ? [skills] : []),
    { name: t("marketplace.references.title"), of: (bid) => <References of={bid} hidden={job.blind && !bid.shortlisted} /> },
    { name: t("marketplace.compare.text"), of: ({ pitch }) => <p className="letter">{pitch}</p> },
  ];
}

/** The days of the work: a bid is made for those the job names, so they stand in each column alike. */
const Days = ({ of: { startOn, endOn } }: { readonly of: JobTold }) => (
  <>
    <Day on={startOn} /> – <Day on={endOn} />
  </>
);

function References({ of: { references }, hidden }: { readonly of: BidTold; readonly hidden: boolean }) {
  const t = useT();
  if (hidden) return t("marketplace.compare.hidden");
  if (references.length === 0) return t("marketplace.compare.none");
  return (
    <Unfold says={t("marketplace.bids.references", { count: references.length })}>
      <ReferenceList references={references} />
    </Unfold>
  );
}
