// The roll of a vote: one's own entry in words, numbers for everybody, and how it changed from the notice to the opening.
import { readSession } from "@partcommune/shared/platform/api";
import { useWanted } from "../../platform/call.tsx";
import { useT } from "../../platform/i18n.tsx";
import { later } from "../../ui/later.tsx";
import { Link } from "../../ui/link.tsx";
import type { VoteTold } from "../screens/vote.tsx";
import { Objection } from "./objection.tsx";

const ObjectToRoll = later(async () => (await import("./object-to-roll.tsx")).ObjectToRoll);
const BoardObjections = later(async () => (await import("./board-objections.tsx")).BoardObjections);

type Part = { readonly vote: VoteTold };

export function Roll({ vote }: Part) {
  const t = useT();
  const { person } = useWanted(readSession, {});
  const isAnnounced = vote.state === "convened";
  const answers = isAnnounced && person?.roles.includes("board");
  return (
    <section aria-labelledby="roll" className="job">
      <h2 id="roll">{t("votes.roll.title")}</h2>
      <OwnEntry vote={vote} />
      <Sizes vote={vote} />
      <Changes vote={vote} />
      {!answers && vote.mine && vote.mine.objections.length > 0 ? (
        <ul className="rows">
          {vote.mine.objections.map((objection) => (
            <Objection key={objection.id} objection={objection} />
          ))}
        </ul>
      ) : undefined}
      {isAnnounced && person ? <ObjectToRoll vote={vote} /> : undefined}
      {answers ? <BoardObjections vote={vote} /> : undefined}
    </section>
  );
}

/** Where the reader stands, why, and who can change it. */
function OwnEntry({ vote: { mine, state } }: Part) {
  const t = useT();
  if (!mine) return undefined;
  const isOpened = state !== "convened";
  if (isOpened && mine.changed) return <p>{t(`votes.roll.mine.${mine.changed}`)}</p>;
  if (!isOpened && mine.college) return <p className="kept">{t(`votes.roll.on.${mine.college}`)}</p>;
  return mine.absent ? (
    <p className="kept">
      {t(`votes.roll.absent.${isOpened && mine.absent === "tooNew" ? "wasTooNew" : mine.absent}`)}{" "}
      {mine.absent === "tooNew" || mine.absent === "clientTooNew" ? (
        <Link to="/bylaws/roll.seniorityDays">{t("votes.roll.rule")}</Link>
      ) : undefined}
      {mine.absent === "otherCollege" ? <Link to="/bylaws/vote.colleges">{t("votes.roll.rule")}</Link> : undefined}
    </p>
  ) : undefined;
}

function Sizes({ vote: { roll } }: Part) {
  const t = useT();
  return (
    <table className="cards">
      <caption>{t("votes.roll.caption")}</caption>
      <thead>
        <tr>
          <th scope="col">{t("votes.roll.college")}</th>
          <th scope="col" className="amount">
            {t("votes.roll.announced")}
          </th>
          <th scope="col" className="amount">
            {t("votes.roll.opened")}
          </th>
        </tr>
      </thead>
      <tbody>
        {roll.colleges.map(({ college, announced, opened }) => (
          <tr key={college}>
            <th scope="row">{t(`governance.college.${college}`)}</th>
            <td className="amount" data-label={t("votes.roll.announced")}>
              {announced}
            </td>
            <td className="amount" data-label={t("votes.roll.opened")}>
              {opened ?? t("votes.roll.notOpened")}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function Changes({ vote: { roll, state } }: Part) {
  const t = useT();
  const { waiting, upheld, rejected } = roll.objections;
  return (
    <>
      {state === "convened" ? <p className="hint">{t("votes.roll.later")}</p> : undefined}
      {state !== "convened" && roll.changes.length === 0 ? <p className="hint">{t("votes.roll.unchanged")}</p> : undefined}
      {roll.changes.map(({ reason, people }) => (
        <p key={reason}>{t(`votes.roll.change.${reason}`, { count: people })}</p>
      ))}
      {waiting + upheld + rejected > 0 ? <p>{t("votes.objections.count", { waiting, upheld, rejected })}</p> : undefined}
    </>
  );
}
