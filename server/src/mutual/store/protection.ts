// What protects one member's pay, in SQL: what they were promised, and how far each payment is by its clock.
import { sql } from "kysely";
import type { readProtection } from "@partcommune/shared/mutual/api/protection";
import type { GuaranteeAnswer } from "@partcommune/shared/mutual/rules/guarantee";
import { protectionRows, protectionSums } from "@partcommune/shared/mutual/rules/protection";
import type { AnswerOf } from "@partcommune/shared/platform/endpoint";
import type { Id } from "@partcommune/shared/platform/id";
import type { Money } from "@partcommune/shared/platform/money";
import type { Instant } from "@partcommune/shared/platform/time";
import { versionsCited, type VersionCited } from "../../governance/index.ts";
import { approvedOfMember, owedToMember, type OwedToMember } from "../../money/index.ts";
import { found } from "../../platform/refused.ts";
import type { View } from "../../platform/scope.ts";
import { bookOf } from "../../platform/store.ts";
import { citedTold } from "./cited.ts";
import { clocks, type Clock } from "./payment-clocks.ts";
import { answersKept } from "./promises.ts";

type Told = AnswerOf<typeof readProtection>;
type Item = Told["items"][number];

type Promised = {
  readonly engagement: Id;
  readonly amount: Money;
  readonly released: Money;
  readonly guaranteed: boolean;
  readonly isOpen: boolean;
  readonly milestones: readonly Id[] | null;
  readonly workingDays: number;
  readonly answers: readonly GuaranteeAnswer[];
  readonly bylaws: readonly bigint[];
  readonly promisedAt: Instant;
};

/** What protects the pay of the member who asks. */
export async function protectionOf(view: View): Promise<Told> {
  const member = found(view.actor.kind === "person" ? view.actor.member : undefined);
  const known = await engagementsOf(view, member);
  const engagements = [...known.keys()];
  const promises = await promisesOf(view, member, engagements);
  const payments = await owedToMember(view, member, engagements);
  const approved = await approvedOfMember(view, member, engagements);
  const works = await view.works(engagements);
  const owed = payments.filter(({ state }) => state !== "paid");
  const rows = protectionRows(
    promises,
    approved,
    owed.map((each) => ({ ...each, guaranteed: each.guarantee !== undefined, queued: each.queue !== undefined })),
  );
  const { currency } = await bookOf(view.db);
  const cited = await versionsCited(
    view,
    promises.flatMap(({ bylaws }) => bylaws),
  );
  const clockOf = await clocks(view, payments, works);
  const title = (engagement: Id): string => works.get(engagement)?.title ?? "";
  return {
    sums: protectionSums(rows, currency),
    rows: rows.map((row) => ({ ...row, title: title(row.engagement) })),
    items: engagements.map((engagement) => {
      const answers = promises.filter((each) => each.engagement === engagement);
      return {
        engagement,
        title: title(engagement),
        open: known.get(engagement) ?? false,
        promises: answers.map((each) => promiseTold(each, cited)),
        payments: payments.filter((each) => each.engagement === engagement).map((each) => paymentTold(each, clockOf(each))),
      };
    }),
  };
}

const mostShown = 200;

/** The engagements of which something was promised, refused or earned, and whether something of it is open: those first, then the newest. */
async function engagementsOf({ db }: View, member: Id): Promise<ReadonlyMap<Id, boolean>> {
  const { rows } = await sql<{ engagement: Id; open: boolean }>`
    select engagement, bool_or(open) as open from (
      select engagement, ended_at is null as open, promised_at as at from mutual.promise where member = ${member}
      union all
      select engagement, not exists (
        select from money.payout_item item where item.payable = payable.id and item.live and item.settled_on is not null
      ), opened_at from money.payable where member = ${member} and engagement is not null
    ) work group by engagement order by bool_or(open) desc, max(at) desc, engagement desc limit ${mostShown}`.execute(db);
  return new Map(rows.map(({ engagement, open }) => [engagement, open]));
}

/** Every answer about these engagements, in the order they were given. */
async function promisesOf({ db }: View, member: Id, engagements: readonly Id[]): Promise<readonly Promised[]> {
  if (engagements.length === 0) return [];
  const rows = await db
    .selectFrom("mutual.promise")
    .selectAll()
    .where("member", "=", member)
    .where("engagement", "in", engagements)
    .orderBy("promised_at")
    .orderBy("id")
    .execute();
  return rows.map((row) => ({
    engagement: row.engagement,
    amount: { minor: row.amount_minor + row.moved_minor, currency: row.currency },
    released: { minor: row.released_minor, currency: row.currency },
    guaranteed: row.guaranteed,
    isOpen: row.ended_at === null,
    milestones: row.milestones,
    workingDays: row.working_days,
    answers: answersKept(row),
    bylaws: row.bylaws.map(BigInt), // the driver reads an array of them as texts
    promisedAt: row.promised_at,
  }));
}

const promiseTold = (
  { guaranteed, workingDays, answers, promisedAt, amount, milestones, bylaws }: Promised,
  cited: readonly VersionCited[],
): Item["promises"][number] => ({
  guaranteed,
  workingDays,
  answers: answers.map((each) => ({ ...each })),
  promisedAt,
  amount,
  later: milestones !== null,
  bylaws: cited.filter(({ id }) => bylaws.includes(id)).map(citedTold),
});

const paymentTold = (
  { id, invoice, amount, state, waitsFor, queue, paidOn }: OwedToMember,
  shown: Clock | undefined,
): Item["payments"][number] => ({
  id,
  invoice,
  amount,
  state,
  ...(waitsFor === undefined ? {} : { waitsFor }),
  ...(queue === undefined ? {} : { queue }),
  ...(shown === undefined ? {} : { clock: shown }),
  ...(paidOn === undefined ? {} : { paidOn }),
});
