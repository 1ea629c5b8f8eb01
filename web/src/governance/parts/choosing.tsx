// What to answer: yes or no, or options put in an order by buttons and number keys, never by drag alone.
import type { Notice } from "@partcommune/shared/governance/rules/notice";
import { useId, useState, type KeyboardEvent } from "react";
import { useT } from "../../platform/i18n.tsx";
import type { Choice } from "./ballot.tsx";

type Props = {
  readonly vote: string;
  readonly notice: Notice;
  readonly choice: Choice | undefined;
  readonly choose: (choice: Choice | undefined) => void;
};

export function Choosing(props: Props) {
  const { method } = props.notice;
  if (method === "yesNo") return <YesNo {...props} />;
  if (method === "approval") return <Approving {...props} />;
  if (method === "score") return <Scoring {...props} />;
  return <Ranking {...props} />;
}

/** Options as this ballot shows them: in an order by lot, so that none is first for everybody. */
function useShuffled(notice: Notice): Notice["options"] {
  const [order] = useState(() => {
    const lots = crypto.getRandomValues(new Uint32Array(notice.options.length));
    return notice.options.map((_, at) => at).toSorted((one, other) => (lots[one] ?? 0) - (lots[other] ?? 0));
  });
  return order.flatMap((at) => notice.options[at] ?? []);
}

function useTitle(): (option: Notice["options"][number]) => string {
  const t = useT();
  return ({ key, title }) => (key === "keep" ? t("votes.keep") : title);
}

function YesNo({ choice, choose }: Props) {
  const t = useT();
  const name = useId();
  return (
    <fieldset>
      <legend>{t("votes.ballot.question")}</legend>
      {(["yes", "no", "abstain"] as const).map((value) => (
        <label key={value} className="tick">
          <input type="radio" name={name} value={value} checked={choice === value} onChange={() => choose(value)} />{" "}
          {t(`votes.answer.${value}`)}
        </label>
      ))}
    </fieldset>
  );
}

function Approving({ notice, choice, choose }: Props) {
  const t = useT();
  const titleOf = useTitle();
  const options = useShuffled(notice);
  const approve = typeof choice === "object" && "approve" in choice ? choice.approve : [];
  const put = (key: string, on: boolean): void => choose({ approve: on ? [...approve, key] : approve.filter((each) => each !== key) });
  return (
    <fieldset>
      <legend>{t("votes.approve")}</legend>
      {options.map((option) => (
        <label key={option.key} className="tick">
          <input type="checkbox" checked={approve.includes(option.key)} onChange={({ target }) => put(option.key, target.checked)} />{" "}
          {titleOf(option)}
        </label>
      ))}
    </fieldset>
  );
}

function Scoring({ notice, choice, choose }: Props) {
  const t = useT();
  const titleOf = useTitle();
  const options = useShuffled(notice);
  const scores = typeof choice === "object" && "scores" in choice ? choice.scores : {};
  return (
    <fieldset>
      <legend>{t("votes.score")}</legend>
      {options.map((option) => (
        <label key={option.key} className="beside">
          {titleOf(option)}{" "}
          <select
            value={scores[option.key] ?? 0}
            onChange={({ target }) => choose({ scores: { ...scores, [option.key]: Number(target.value) } })}
          >
            {[0, 1, 2, 3, 4, 5].map((score) => (
              <option key={score}>{score}</option>
            ))}
          </select>
        </label>
      ))}
    </fieldset>
  );
}

/** Best first. A number key puts an option there; the arrows move it; what is not ranked comes last. */
function Ranking({ notice, choice, choose }: Props) {
  const t = useT();
  const titleOf = useTitle();
  const options = useShuffled(notice);
  const ranked = typeof choice === "object" && "ranks" in choice ? choice.ranks.flat() : [];
  const put = (key: string, place: number): void => {
    const others = ranked.filter((each) => each !== key);
    const next = place < 0 ? others : others.toSpliced(Math.min(place, others.length), 0, key);
    choose(next.length > 0 ? { ranks: next.map((each) => [each]) } : undefined);
  };
  /** A number key puts the line one is on at that place, the key for deleting takes it out. */
  const byKey = (key: string) => (event: KeyboardEvent) => {
    if (/^[1-9]$/.test(event.key)) put(key, Number(event.key) - 1);
    else if (event.key === "Backspace" || event.key === "Delete") put(key, -1);
  };
  const shown = [
    ...ranked.flatMap((key) => options.find((option) => option.key === key) ?? []),
    ...options.filter(({ key }) => !ranked.includes(key)),
  ];
  return (
    <fieldset>
      <legend>{t("votes.rank")}</legend>
      <p className="hint">{t("votes.rank.hint")}</p>
      <ol className="plain ranking">
        {shown.map((option) => {
          const place = ranked.indexOf(option.key);
          const title = titleOf(option);
          const keys = byKey(option.key);
          return (
            <li key={option.key}>
              <span className="place">{place < 0 ? "–" : place + 1}</span> <span>{title}</span>
              <span className="acts">
                {place < 0 ? (
                  <button type="button" className="quiet" onKeyDown={keys} onClick={() => put(option.key, ranked.length)}>
                    {t("votes.rank.add")}
                    <span className="heard"> {title}</span>
                  </button>
                ) : (
                  <>
                    <button
                      type="button"
                      className="quiet"
                      onKeyDown={keys}
                      disabled={place === 0}
                      onClick={() => put(option.key, place - 1)}
                    >
                      ↑<span className="heard"> {t("votes.rank.up", { title })}</span>
                    </button>
                    <button
                      type="button"
                      className="quiet"
                      onKeyDown={keys}
                      disabled={place === ranked.length - 1}
                      onClick={() => put(option.key, place + 1)}
                    >
                      ↓<span className="heard"> {t("votes.rank.down", { title })}</span>
                    </button>
                    <button type="button" className="quiet" onKeyDown={keys} onClick={() => put(option.key, -1)}>
                      ×<span className="heard"> {t("votes.rank.drop", { title })}</span>
                    </button>
                  </>
                )}
              </span>
            </li>
          );
        })}
      </ol>
    </fieldset>
  );
}

/** An answer in words, as it is read back. */
export function useSayChoice(notice: Notice): (choice: Choice) => string {
  const t = useT();
  const titleOf = useTitle();
  const named = (key: string): string => {
    const option = notice.options.find((each) => each.key === key);
    return option ? titleOf(option) : key;
  };
  return (choice) => {
    if (typeof choice === "string") return t(`votes.answer.${choice}`);
    if ("approve" in choice) return choice.approve.map(named).join(", ");
    if ("scores" in choice)
      return Object.entries(choice.scores)
        .map(([key, score]) => `${named(key)} ${score}`)
        .join(", ");
    return choice.ranks.map((place, at) => `${at + 1}. ${place.map(named).join(" = ")}`).join("  ");
  };
}
