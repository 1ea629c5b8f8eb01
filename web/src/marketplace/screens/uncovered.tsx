// The adviser's desk: signed engagements that a check holds up, each to be covered with a note or sent back with a reason, and the open disputes.
import { coverEngagement, listUncovered, releaseEngagement, sendBackEngagement, takeEngagement } from "@partcommune/shared/marketplace/api";
import type { ToldOf } from "@partcommune/shared/platform/endpoint";
import { useAct, useWanted } from "../../platform/call.tsx";
import { useT } from "../../platform/i18n.tsx";
import { useLive } from "../../platform/live.tsx";
import { Money } from "../../ui/money.tsx";
import { Refusal } from "../../ui/refusal.tsx";
import { At, Day, useUntil } from "../../ui/when.tsx";
import { CrossingBorder, Declaring } from "../../membership/parts/employment.tsx";
import { HeldAmendments } from "../parts/amendments-desk.tsx";
import { Checks } from "../parts/cover.tsx";
import { Disputes } from "../parts/disputes.tsx";
import { Reasoned } from "../parts/work.tsx";

type Waiting = ToldOf<typeof listUncovered>["items"][number];

export function Uncovered() {
  const t = useT();
  const { items } = useWanted(listUncovered, {}, "desk:engagements");
  useLive("desk:engagements");
  return (
    <section>
      <h1>{t("marketplace.uncovered.title")}</h1>
      <p className="lead">{t("marketplace.uncovered.lead")}</p>
      {items.length === 0 ? <p role="status">{t("marketplace.uncovered.empty")}</p> : undefined}
      <ul className="plain">
        {items.map((waiting) => (
          <Row key={waiting.id} waiting={waiting} />
        ))}
      </ul>
      <HeldAmendments />
      <Disputes />
    </section>
  );
}

function Row({ waiting }: { readonly waiting: Waiting }) {
  const t = useT();
  const { id, title, client, member, amount, startOn, endOn, signedAt, checks, taken } = waiting;
  return (
    <li className="milestone">
      <h2>{title}</h2>
      <p>
        {t("marketplace.engagement.between", { client, member })} · <Money of={amount} />
      </p>
      <p>
        <Day on={startOn} /> – <Day on={endOn} /> · {t("marketplace.uncovered.signed")} <At at={signedAt} />
      </p>
      <Checks checks={checks} />
      <Missing waiting={waiting} />
      <Standing waiting={waiting} />
      {taken && !taken.mine ? undefined : <Answers engagement={id} />}
    </li>
  );
}

/** What of the offices' papers is missing, each with the form to enter it: then the work is covered. */
function Missing({ waiting: { checks, team, startOn, endOn, country } }: { readonly waiting: Waiting }) {
  const fails = (wanted: (typeof checks)[number]["check"]) => checks.some(({ check, holds }) => check === wanted && !holds);
  return (
    <>
      {fails("declared")
        ? team
            .filter(({ employed }) => employed)
            .map(({ member, name }) => <Declaring key={member} member={member} name={name} startOn={startOn} endOn={endOn} />)
        : undefined}
      {fails("border") && country
        ? team.map(({ member, name }) => (
            <CrossingBorder key={member} member={member} name={name} startOn={startOn} endOn={endOn} country={country} />
          ))
        : undefined}
    </>
  );
}

/** By when it is answered, and who looks at it. */
function Standing({ waiting: { id, answerBy, alarm, taken } }: { readonly waiting: Waiting }) {
  const t = useT();
  const until = useUntil();
  const take = useAct(takeEngagement);
  const release = useAct(releaseEngagement);
  const answered = t("marketplace.uncovered.answerBy", { until: until(answerBy) });
  return (
    <>
      <p>{alarm ? <strong className="wrong">{t("marketplace.uncovered.alarm")}</strong> : answered}</p>
      {taken ? (
        <p role="status">
          {taken.mine
            ? t("marketplace.uncovered.yours", { until: until(taken.until) })
            : t("marketplace.uncovered.taken", { by: taken.by, until: until(taken.until) })}
        </p>
      ) : undefined}
      <Refusal problem={take.refusal ?? release.refusal} />
      <p className="acts">
        {taken ? undefined : (
          <button type="button" disabled={take.busy} onClick={() => void take.act({ engagement: id })}>
            {t("marketplace.uncovered.take")}
          </button>
        )}
        {taken?.mine ? (
          <button type="button" className="quiet" disabled={release.busy} onClick={() => void release.act({ engagement: id })}>
            {t("marketplace.uncovered.release")}
          </button>
        ) : undefined}
      </p>
    </>
  );
}

function Answers({ engagement: id }: { readonly engagement: string }) {
  const t = useT();
  const cover = useAct(coverEngagement);
  const back = useAct(sendBackEngagement);
  return (
    <>
      <Reasoned
        open={t("marketplace.uncovered.cover.open")}
        says={t("marketplace.uncovered.cover")}
        label={t("marketplace.uncovered.note")}
        hint={t("marketplace.uncovered.note.hint")}
        send={async (note) => void (await cover.act({ engagement: id, note }))}
        busy={cover.busy}
        refusal={cover.refusal}
      />
      <Reasoned
        open={t("marketplace.uncovered.back.open")}
        says={t("marketplace.uncovered.back")}
        label={t("marketplace.uncovered.reason")}
        hint={t("marketplace.uncovered.reason.hint")}
        send={async (reason) => void (await back.act({ engagement: id, reason }))}
        busy={back.busy}
        refusal={back.refusal}
      />
    </>
  );
}
