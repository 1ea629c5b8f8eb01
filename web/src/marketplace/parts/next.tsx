// What comes next in one sentence, and where it is the reader's, the one button for it.
import { moneyFrom, sum } from "@partcommune/shared/platform/money";
import { useT } from "../../platform/i18n.tsx";
import { later } from "../../ui/later.tsx";
import { Link } from "../../ui/link.tsx";
import { useDay, useUntil } from "../../ui/when.tsx";
import { useMoney } from "../../ui/money.tsx";
import { AddPart } from "./added.tsx";
import { hasSigned, Sign, unsignedOf } from "./signing.tsx";
import { currentOf, jobRefused, type EngagementTold, type MilestoneTold } from "./told.ts";
import { Way } from "./way.tsx";
import { Approve, HandIn, Start } from "./work.tsx";

const OpenAgain = later(async () => (await import("./posted.tsx")).OpenAgain);

export function Next({ engagement }: { readonly engagement: EngagementTold }) {
  const t = useT();
  const sentence = useSentence(engagement);
  const current = currentOf(engagement);
  return (
    <section aria-label={t("marketplace.next")} className="next">
      {engagement.state === "quoted" && engagement.sentBackBecause ? (
        <p>{t("marketplace.next.sentBack", { reason: engagement.sentBackBecause })}</p>
      ) : undefined}
      {engagement.state === "underWay" && current && engagement.milestones.length > 1 ? (
        <p className="steps">{t("marketplace.milestone.named", { number: current.number, title: current.title })}</p>
      ) : undefined}
      <p className="lead" role="status">
        {sentence}
      </p>
      {isMailed(engagement) ? <p>{t("marketplace.next.mailed", { client: engagement.client })}</p> : undefined}
      <NextAct engagement={engagement} />
    </section>
  );
}

/** Whether the client of declared work has a link in their post. */
const isMailed = ({ job, state, side, clientSignedAt }: EngagementTold): boolean =>
  job === undefined && state === "quoted" && side === "member" && clientSignedAt === undefined;

function NextAct({ engagement }: { readonly engagement: EngagementTold }) {
  const t = useT();
  const { acts, side, milestones, state } = engagement;
  const [first, ...others] = milestones.map(({ amount }) => moneyFrom(amount));
  const milestone = currentOf(engagement);
  if (state === "quoted")
    return (
      <>
        {side === "member" && first ? <Way prices={[first, ...others]} together={engagement.team.length > 1} /> : undefined}
        {acts.includes("sign") ? <Sign engagement={engagement} /> : undefined}
      </>
    );
  const refused = jobRefused(engagement);
  if (refused) return <OpenAgain job={refused} />;
  if (acts.includes("start")) return <Start engagement={engagement.id} />;
  if (milestone?.acts.includes("handIn")) return <HandIn key={milestone.id} milestone={milestone} engagement={engagement} />;
  if (milestone?.acts.includes("addPart")) return <AddPart key={milestone.id} milestone={milestone} engagement={engagement.id} />;
  if (milestone?.acts.includes("approve")) return <Approve key={milestone.id} milestone={milestone} member={engagement.member} />;
  if (side === "client" && milestone?.invoice && !isPaid(milestone.invoice))
    return (
      <Link to="/client/invoices" className="button">
        {t("marketplace.next.toInvoice")}
      </Link>
    );
  return undefined;
}

const isPaid = ({ paid, credited, gross }: NonNullable<MilestoneTold["invoice"]>): boolean =>
  sum(moneyFrom(paid), moneyFrom(credited)).minor >= moneyFrom(gross).minor;

function useSentence(engagement: EngagementTold): string {
  const t = useT();
  const until = useUntil();
  const day = useDay();
  const inWork = useMilestoneSentence(engagement);
  const { state, side, member, signUntil, startOn, cancelledBecause, job } = engagement;
  switch (state) {
    case "quoted":
      return hasSigned(engagement)
        ? t("marketplace.next.waitsFor", { name: unsignedOf(engagement).join(", "), until: until(signUntil) })
        : t("marketplace.next.sign", { until: until(signUntil) });
    case "covered":
      return t(`marketplace.next.covered.${side}`, { member, day: day(startOn) });
    case "underWay":
      return inWork;
    case "lapsed":
      if (cancelledBecause !== undefined) return t("marketplace.next.refused", { reason: cancelledBecause });
      return t(job === undefined ? "marketplace.next.lapsed.declared" : "marketplace.next.lapsed");
    case "cancelled":
      return t("marketplace.next.cancelled", { reason: cancelledBecause ?? "" });
    default:
      return t(`marketplace.next.${state}`);
  }
}

/** The sentence while the work is under way, by where its milestone stands and who reads. */
function useMilestoneSentence(engagement: EngagementTold): string {
  const t = useT();
  const money = useMoney();
  const until = useUntil();
  const day = useDay();
  const milestone = currentOf(engagement);
  if (!milestone) return "";
  const { side, client, member, shared } = engagement;
  const { state, approveBy, invoice, payable } = milestone;
  const said = { client, member, until: approveBy ? until(approveBy) : "" };
  const paper = {
    ...said,
    number: invoice?.number ?? "",
    gross: invoice ? money(invoice.gross) : "",
    day: invoice ? day(invoice.payBy) : "",
  };
  const budget = { ...said, budget: payable ? money(payable.amount) : "", day: payable?.dueOn ? day(payable.dueOn) : "" };
  if (milestone.acts.includes("addPart")) return t("teams.next.add", { name: engagement.team[0]?.name ?? "" });
  if (side === "client" && (state === "invoiced" || state === "memberPaid")) return t("marketplace.next.pay", paper);
  if (side === "member" && state === "invoiced")
    return payable?.dueOn ? t("marketplace.next.due", budget) : t("marketplace.next.afterClient", budget);
  if (side === "member" && state === "memberPaid") return t("marketplace.next.paidToYou", budget);
  if (shared?.isHome && (state === "clientPaid" || state === "settled"))
    return t(`workspace.next.${state}.home`, { ...budget, coop: shared.coop });
  return t(`marketplace.next.${state}.${side}`, side === "member" ? budget : said);
}
