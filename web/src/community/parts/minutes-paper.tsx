// What minutes say, in words: when and where, who was there, and item by item what became of it.
import type { Minutes } from "@partcommune/shared/community/rules/minutes";
import { useSpeech, useT } from "../../platform/i18n.tsx";
import { Fact } from "../../ui/fact.tsx";
import { Link } from "../../ui/link.tsx";
import { When, written as inWords } from "../../ui/when.tsx";

type Paper = { readonly written: Minutes; readonly zone: string };

export function MinutesPaper({ written, zone }: Paper) {
  const t = useT();
  const { calledAt, calledBy, openedAt, closedAt, place, online, chair, tellers, items, lot } = written;
  const where = [place, online ? t("community.online") : undefined].filter(Boolean).join(" · ");
  return (
    <>
      <dl className="facts">
        <Fact says={t("community.minutes.called")}>
          <When at={calledAt} zone={zone} /> · {calledBy}
        </Fact>
        <Fact says={t("community.where")}>{where}</Fact>
        <Fact says={t("community.minutes.opened")}>
          <When at={openedAt} zone={zone} />
        </Fact>
        <Fact says={t("community.minutes.closed")}>
          <When at={closedAt} zone={zone} />
        </Fact>
        <Fact says={t("community.chair")}>{chair}</Fact>
        {tellers.length > 0 ? <Fact says={t("community.tellers")}>{tellers.join(", ")}</Fact> : undefined}
        {lot ? (
          <Fact says={t("community.lot")}>
            <span className="code">{lot.seed}</span>
          </Fact>
        ) : undefined}
      </dl>
      <Present written={written} zone={zone} />
      {items.map((item, at) => (
        <Item key={`${at} ${item.title}`} item={item} at={at} zone={zone} tellers={tellers} />
      ))}
    </>
  );
}

/** Who was there, each with how and from when until when. */
function Present({ written: { present }, zone }: Paper) {
  const t = useT();
  const { language } = useSpeech();
  const hour = (at: string | undefined): string => (at ? inWords(language, { timeStyle: "short", timeZone: zone }, new Date(at)) : "");
  return (
    <>
      <h2>{t("community.minutes.present", { count: new Set(present.map(({ name }) => name)).size })}</h2>
      <ul className="plain">
        {present.map(({ name, way, from, until }) => (
          <li key={`${name} ${from}`}>
            {name}{" "}
            <small className="hint">
              {t(`community.way.${way}`)} · {hour(from)} – {hour(until)}
            </small>
          </li>
        ))}
      </ul>
    </>
  );
}

type ItemProps = {
  readonly item: Minutes["items"][number];
  readonly at: number;
  readonly zone: string;
  readonly tellers: readonly string[];
};

function Item({ item: { kind, title, state, openedAt, note, proposal, vote }, at, zone, tellers }: ItemProps) {
  const t = useT();
  return (
    <section>
      <h2>
        {at + 1}. {title}
      </h2>
      <p className="hint">
        {t(`community.item.${kind}`)} · {openedAt ? <When at={openedAt} zone={zone} /> : t(`community.item.state.${state}`)}
      </p>
      {note ? <p className="letter">{note}</p> : undefined}
      {vote ? (
        <>
          <p>
            <strong>{t(`community.outcome.${vote.outcome}`)}</strong> · {t("community.cast", { cast: vote.cast, roll: vote.roll })}
            {vote.onPaper ? ` · ${t("community.papers.counted", { tellers: tellers.join(", ") })}` : undefined}
            {vote.chosen?.length ? ` · ${vote.chosen.join(", ")}` : undefined}
          </p>
          {vote.colleges?.map(({ college, ...said }) => (
            <p key={college}>
              {vote.colleges?.length === 1 ? undefined : `${t(`governance.college.${college}`)} · `}
              {t("community.figures", said)}
            </p>
          ))}
          <p>
            <Link to={`/votes/${vote.id}`}>{t("community.item.result")}</Link> <small className="code">{vote.tally}</small>
          </p>
        </>
      ) : proposal ? (
        <p>
          <Link to={`/proposals/${proposal}`}>{t("community.item.proposal")}</Link>
        </p>
      ) : undefined}
    </section>
  );
}
