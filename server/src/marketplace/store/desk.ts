// The adviser's desk in SQL: who holds which engagement, and what is told about followed members.
import type { listPortfolio } from "@partcommune/shared/marketplace/api/desk";
import type { AlertKind, Taking } from "@partcommune/shared/marketplace/rules/desk";
import { engagementTable } from "@partcommune/shared/marketplace/rules/engagement";
import { statesBefore } from "@partcommune/shared/platform/table";
import type { Alert, Followed } from "@partcommune/shared/platform/alert";
import { dayOf } from "@partcommune/shared/platform/calendar";
import type { AnswerOf } from "@partcommune/shared/platform/endpoint";
import type { Id } from "@partcommune/shared/platform/id";
import { portfolioOf, trialAlerts } from "../../membership/index.ts";
import { moneyAlerts } from "../../money/index.ts";
import type { Scope, View } from "../../platform/scope.ts";

/** Who holds an engagement, or held it last. The engagement itself is held by whoever asks. */
export const takingOf = async ({ tx }: Scope, engagement: Id): Promise<Taking | undefined> =>
  tx.selectFrom("marketplace.taking").select(["adviser", "at"]).where("engagement", "=", engagement).executeTakeFirst();

/** Notes that an adviser holds an engagement from now on. */
export async function take({ tx, now }: Scope, engagement: Id, adviser: Id): Promise<void> {
  await tx
    .insertInto("marketplace.taking")
    .values({ engagement, adviser, at: now })
    .onConflict((conflict) => conflict.column("engagement").doUpdateSet({ adviser, at: now }))
    .execute();
}

/** Gives back what an adviser holds; what they do not hold stays. */
export async function release({ tx }: Scope, engagement: Id, adviser: Id): Promise<void> {
  await tx.deleteFrom("marketplace.taking").where("engagement", "=", engagement).where("adviser", "=", adviser).execute();
}

/** Engagements of followed members that a check holds up. */
async function heldUpAlerts({ db }: View, followed: readonly Followed[]): Promise<readonly Alert<"heldUp">[]> {
  if (followed.length === 0) return [];
  const rows = await db
    .selectFrom("marketplace.engagement as engagement")
    .innerJoin("marketplace.engagement_part as part", "part.engagement", "engagement.id")
    .innerJoin("marketplace.job as job", "job.id", "engagement.job")
    .select(["part.member", "engagement.signed_at", "engagement.zone", "job.title"])
    .where("engagement.state", "in", statesBefore(engagementTable, "cover"))
    .where(
      "part.member",
      "in",
      followed.map(({ member }) => member),
    )
    .orderBy("engagement.signed_at")
    .execute();
  return rows.flatMap(({ member, signed_at: at, zone, title }) =>
    at === null ? [] : [{ member, kind: "heldUp" as const, on: dayOf(at, zone), about: title }],
  );
}

/** The asking adviser's members, with what each domain tells about them. */
export async function portfolio(view: View): Promise<AnswerOf<typeof listPortfolio>> {
  const members = await portfolioOf(view);
  const alerts: readonly Alert<AlertKind>[] = [
    ...(await heldUpAlerts(view, members)),
    ...(await moneyAlerts(view, members)),
    ...(await trialAlerts(view, members)),
  ];
  const told = (of: Id) => alerts.flatMap(({ member, ...alert }) => (member === of ? [alert] : []));
  return {
    items: members.map(({ member, name, trade, stage, branch, from, note }) => ({
      member,
      name,
      trade,
      stage,
      branch,
      from,
      ...(note === undefined ? {} : { note }),
      alerts: told(member),
    })),
  };
}
