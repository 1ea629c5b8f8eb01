// A ballot in three steps at most: what to answer, read back, cast; then the receipt. It may be cast again until the close.
import { castVote } from "@partcommune/shared/governance/api";
import type { Notice } from "@partcommune/shared/governance/rules/notice";
import type { AskedOf } from "@partcommune/shared/platform/endpoint";
import { useState } from "react";
import { useAct } from "../../platform/call.tsx";
import { useT } from "../../platform/i18n.tsx";
import { Form } from "../../ui/form.tsx";
import { Link } from "../../ui/link.tsx";
import { Until } from "../../ui/when.tsx";
import type { VoteTold } from "../screens/vote.tsx";
import { Choosing, useSayChoice } from "./choosing.tsx";
import { Proxies } from "./proxies.tsx";

export type Choice = AskedOf<typeof castVote>["choice"];
type Part = { readonly vote: VoteTold; readonly notice: Notice };

export function Ballot({ vote, notice }: Part) {
  const t = useT();
  const cast = vote.mine?.cast;
  const [again, setAgain] = useState(false);
  const holds = vote.mine?.holds ?? [];
  return (
    <section aria-labelledby="ballot" className="job">
      <h2 id="ballot">{t("votes.ballot")}</h2>
      {cast && !again ? (
        <Receipt vote={vote} notice={notice} again={() => setAgain(true)} />
      ) : (
        <Steps vote={vote} notice={notice} done={() => setAgain(false)} />
      )}
      {holds.map(({ giver, name, cast: used }) => (
        <section key={giver}>
          <h3>{t("votes.proxy.for", { name })}</h3>
          {used ? <p>{t("votes.proxy.used")}</p> : <Steps vote={vote} notice={notice} giver={giver} done={() => undefined} />}
        </section>
      ))}
      <Proxies vote={vote} />
    </section>
  );
}

type StepsProps = Part & { readonly giver?: string; readonly done: () => void };

/** Step one: the answer. Step two: it is read back, and one button casts it. */
function Steps({ vote, notice, giver, done }: StepsProps) {
  const t = useT();
  const [choice, setChoice] = useState<Choice>();
  const [sure, setSure] = useState(false);
  const say = useSayChoice(notice);
  const { act, busy, refusal } = useAct(castVote);
  const cast = async (): Promise<void> => {
    if (choice !== undefined && (await act({ vote: vote.id, choice, ...(giver ? { for: giver } : {}) }))) done();
  };
  if (!sure || choice === undefined)
    return (
      <Form act={() => setSure(true)} says={t("votes.ballot.next")} busy={false} ready={choice !== undefined} refusal={undefined}>
        <Choosing vote={vote.id} notice={notice} choice={choice} choose={setChoice} />
      </Form>
    );
  return (
    <Form act={cast} says={t("votes.ballot.cast")} busy={busy} ready refusal={refusal} back={() => setSure(false)}>
      <p>{t("votes.ballot.readBack")}</p>
      <p className="sum">
        <strong>{say(choice)}</strong>
      </p>
    </Form>
  );
}

/** Step three: it is in, and this line finds it among the published ones. */
function Receipt({ vote, notice, again }: Part & { readonly again: () => void }) {
  const t = useT();
  const say = useSayChoice(notice);
  const cast = vote.mine?.cast;
  if (!cast) return undefined;
  return (
    <div className="done" role="status">
      <p>{t("votes.receipt.says")}</p>
      <p>
        {t("votes.receipt.yours")} <strong>{say(cast.choice)}</strong>
      </p>
      <p className="code">{cast.receipt}</p>
      {notice.gathering ? (
        <p>{t("votes.receipt.inAssembly")}</p>
      ) : (
        <p>
          {t("votes.receipt.again")} <Until at={vote.closesAt} />
        </p>
      )}
      <p className="acts">
        {notice.gathering ? (
          <Link to={`/gatherings/${notice.gathering}`} className="button">
            {t("votes.backToAssembly")}
          </Link>
        ) : undefined}
        <button type="button" className="quiet" onClick={again}>
          {t("votes.ballot.again")}
        </button>
      </p>
    </div>
  );
}
