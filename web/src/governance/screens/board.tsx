// The board: who sits on it by whose vote and until when, who holds over, what is vacant, and when the next election is called.
import { readBoard, resignSeat } from "@partcommune/shared/governance/api/board";
import { readSession } from "@partcommune/shared/platform/api";
import type { ToldOf } from "@partcommune/shared/platform/endpoint";
import { useState } from "react";
import { useAct, useWanted } from "../../platform/call.tsx";
import { useT } from "../../platform/i18n.tsx";
import { DateField } from "../../ui/field.tsx";
import { Form } from "../../ui/form.tsx";
import { Link } from "../../ui/link.tsx";
import { faultAt } from "../../ui/refusal.tsx";
import { Unfold } from "../../ui/unfold.tsx";
import { useDay, useUntil } from "../../ui/when.tsx";

type Told = ToldOf<typeof readBoard>;
type Seat = Told["seats"][number];

export function Board() {
  const t = useT();
  const { seats, colleges, founders } = useWanted(readBoard, {}, "board");
  return (
    <section>
      <h1>{t("votes.board.title")}</h1>
      <p className="lead">{t("votes.board.lead")}</p>
      {founders.length > 0 ? <p className="kept">{t("votes.board.founders", { names: founders.join(", ") })}</p> : undefined}
      {colleges.map((each) => (
        <College key={each.college} college={each} seats={seats.filter(({ college }) => college === each.college)} />
      ))}
      <p className="acts">
        <Link to="/bylaws/board.seats">{t("votes.board.rule.seats")}</Link>
        <Link to="/bylaws/board.termMonths">{t("votes.board.rule.term")}</Link>
      </p>
    </section>
  );
}

function College({ college: told, seats }: { readonly college: Told["colleges"][number]; readonly seats: readonly Seat[] }) {
  const t = useT();
  const { person } = useWanted(readSession, {});
  const { college, vacant } = told;
  return (
    <section aria-labelledby={`college-${college}`} className="job">
      <h2 id={`college-${college}`}>{t("votes.board.college", { college: t(`governance.college.${college}`), seats: told.seats })}</h2>
      <p>
        {vacant > 0 ? `${t("votes.board.vacant", { count: vacant })} ` : undefined}
        <NextElection told={told} />
      </p>
      <ul className="rows">
        {seats.map((seat) => (
          <SeatRow key={seat.id} seat={seat} isAssociate={person?.stage === "associate"} />
        ))}
      </ul>
    </section>
  );
}

function NextElection({ told: { election, callsOn } }: { readonly told: Told["colleges"][number] }) {
  const t = useT();
  const day = useDay();
  if (election) return <Link to={`/proposals/${election}`}>{t("votes.board.runs")}</Link>;
  return callsOn ? t("votes.board.calls", { day: day(callsOn) }) : undefined;
}

function SeatRow({
  seat: { id, name, vote, from, until, state, leavesOn, mine },
  isAssociate,
}: {
  readonly seat: Seat;
  readonly isAssociate: boolean;
}) {
  const t = useT();
  const day = useDay();
  const says = useUntil();
  return (
    <li>
      <span>{name}</span>
      <span>
        {state === "heldOver" ? t("votes.board.heldOver", { until: says(until) }) : undefined}
        {state === "elected" ? t("votes.board.waits", { day: day(from) }) : undefined}
        {state === "held" ? says(until) : undefined}
        {leavesOn ? ` · ${t("votes.board.leaves", { day: day(leavesOn) })}` : undefined} ·{" "}
        <Link to={`/votes/${vote}`}>{t("votes.board.elected")}</Link>
        {isAssociate ? (
          <>
            {" · "}
            <Link to={`/proposals/new?seat=${id}`}>{t("votes.board.recall")}</Link>
          </>
        ) : undefined}
      </span>
      {mine && state !== "elected" ? <Resign seat={id} /> : undefined}
    </li>
  );
}

/** A seat is given back with a day, so that the others can prepare for it. */
function Resign({ seat }: { readonly seat: string }) {
  const t = useT();
  const [day, setDay] = useState("");
  const { act, busy, refusal } = useAct(resignSeat);
  return (
    <Unfold says={t("votes.board.resign")}>
      <Form
        act={async () => void (await act({ seat, day }))}
        says={t("votes.board.resign.send")}
        busy={busy}
        ready={day !== ""}
        refusal={refusal}
      >
        <p className="hint">{t("votes.board.resign.says")}</p>
        <DateField label={t("votes.board.resign.day")} name="lastDay" value={day} change={setDay} fault={faultAt(refusal, "/day")} />
      </Form>
    </Unfold>
  );
}
