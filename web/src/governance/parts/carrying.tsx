// What a member can do about a proposal: put their name to it, argue, stand, judge, word it anew, withdraw it.
import {
  argueProposal,
  judgeProposal,
  publishProposal,
  sponsorProposal,
  standForElection,
  stepBack,
  unsponsorProposal,
  withdrawProposal,
} from "@partcommune/shared/governance/api";
import { grounds } from "@partcommune/shared/governance/rules/grounds";
import { useState } from "react";
import { useAct } from "../../platform/call.tsx";
import { useT } from "../../platform/i18n.tsx";
import { LongField, Pick } from "../../ui/field.tsx";
import { Form } from "../../ui/form.tsx";
import { Link } from "../../ui/link.tsx";
import { Unfold } from "../../ui/unfold.tsx";
import { Appeal } from "./appeal.tsx";
import { Merging } from "./merging.tsx";
import type { ProposalTold } from "../screens/proposal.tsx";

type Part = { readonly proposal: ProposalTold };

export function Carrying({ proposal }: Part) {
  const t = useT();
  const { id, mine, kind, state, amends } = proposal;
  const may = (verb: string): boolean => mine.verbs.includes(verb);
  const versions = may("sponsor") && !mine.author && amends === undefined && (kind === "bylaws" || kind === "resolution");
  return (
    <>
      {may("publish") ? <Publish proposal={proposal} /> : undefined}
      {may("sponsor") && !mine.sponsored && proposal.sponsorsNeeded > 0 ? <Sponsor proposal={proposal} /> : undefined}
      {mine.sponsored && may("unsponsor") ? <Unsponsor proposal={proposal} /> : undefined}
      {may("appeal") && proposal.panels.length === 0 ? <Appeal proposal={proposal} /> : undefined}
      {may("judge") ? <Judge proposal={proposal} /> : undefined}
      {mine.mayStand ? <Stand proposal={proposal} /> : undefined}
      {may("argue") ? <Argue proposal={proposal} /> : undefined}
      {may("revise") || versions ? (
        <p className="acts">
          {may("revise") ? <Link to={`/proposals/${id}/edit`}>{t("votes.revise")}</Link> : undefined}
          {versions ? <Link to={`/proposals/new?amends=${id}`}>{t("votes.otherVersion")}</Link> : undefined}
        </p>
      ) : undefined}
      {may("revise") ? <Merging proposal={proposal} /> : undefined}
      {may("withdraw") ? (
        <Unfold faint says={t(state === "draft" ? "votes.discard" : "votes.withdraw")}>
          <Withdraw proposal={proposal} />
        </Unfold>
      ) : undefined}
    </>
  );
}

function Publish({ proposal: { id, sponsorsNeeded } }: Part) {
  const t = useT();
  const { act, busy, refusal } = useAct(publishProposal);
  return (
    <Form act={async () => void (await act({ proposal: id }))} says={t("votes.publish")} busy={busy} ready refusal={refusal}>
      <p>{t("votes.publish.says", { needed: sponsorsNeeded })}</p>
    </Form>
  );
}

function Sponsor({ proposal: { id, sponsors, sponsorsNeeded } }: Part) {
  const t = useT();
  const { act, busy, refusal } = useAct(sponsorProposal);
  return (
    <Form act={async () => void (await act({ proposal: id }))} says={t("votes.sponsor")} busy={busy} ready refusal={refusal}>
      <p>{t("votes.sponsor.says", { missing: Math.max(sponsorsNeeded - sponsors, 0) })}</p>
    </Form>
  );
}

function Unsponsor({ proposal: { id } }: Part) {
  const t = useT();
  const { act, busy, refusal } = useAct(unsponsorProposal);
  return (
    <Form act={async () => void (await act({ proposal: id }))} says={t("votes.unsponsor")} busy={busy} ready refusal={refusal}>
      <p>{t("votes.sponsored")}</p>
    </Form>
  );
}

function Argue({ proposal: { id } }: Part) {
  const t = useT();
  const [side, setSide] = useState<"for" | "against">("for");
  const [text, setText] = useState("");
  const { act, busy, refusal } = useAct(argueProposal);
  const argue = async (): Promise<void> => {
    if (await act({ proposal: id, side, text })) setText("");
  };
  const options = (["for", "against"] as const).map((value) => ({ value, says: t(`votes.side.${value}`) }));
  return (
    <Unfold says={t("votes.argue")}>
      <Form act={argue} says={t("votes.argue.send")} busy={busy} ready={text.trim() !== ""} refusal={refusal}>
        <Pick label={t("votes.argue.side")} name="side" value={side} change={setSide} options={options} />
        <LongField label={t("votes.argue.text")} name="argument" value={text} change={setText} rows={4} />
      </Form>
    </Unfold>
  );
}

function Stand({ proposal: { id, mine } }: Part) {
  const t = useT();
  const [text, setText] = useState("");
  const stand = useAct(standForElection);
  const back = useAct(stepBack);
  if (mine.standing)
    return (
      <Form
        act={async () => void (await back.act({ proposal: id }))}
        says={t("votes.stepBack")}
        busy={back.busy}
        ready
        refusal={back.refusal}
      >
        <p>{t("votes.standing")}</p>
      </Form>
    );
  return (
    <Unfold says={t("votes.stand")}>
      <Form
        act={async () => void (await stand.act({ proposal: id, text }))}
        says={t("votes.stand.send")}
        busy={stand.busy}
        ready={text.trim() !== ""}
        refusal={stand.refusal}
      >
        <LongField label={t("votes.stand.text")} hint={t("votes.stand.hint")} name="candidacy" value={text} change={setText} rows={4} />
      </Form>
    </Unfold>
  );
}

type Ground = (typeof grounds)[number];

/** One of the two says whether it may be voted: a yes at once, a no with its ground and in words. */
function Judge({ proposal: { id } }: Part) {
  const t = useT();
  const [answer, setAnswer] = useState<"yes" | Ground>("yes");
  const [text, setText] = useState("");
  const { act, busy, refusal } = useAct(judgeProposal);
  const judge = async (): Promise<void> =>
    void (await act({ proposal: id, ...(answer === "yes" ? { admissible: true } : { admissible: false, ground: answer, text }) }));
  const options = (["yes", ...grounds] as const).map((value) => ({
    value,
    says: value === "yes" ? t("votes.judge.yes") : `${t("votes.judge.no")} : ${t(`votes.ground.${value}`)}`,
  }));
  return (
    <Form act={judge} says={t("votes.judge.send")} busy={busy} ready={answer === "yes" || text.trim() !== ""} refusal={refusal}>
      <p>{t("votes.judge.asked")}</p>
      <Pick label={t("votes.judge.answer")} name="admissible" value={answer} change={setAnswer} options={options} />
      {answer === "yes" ? undefined : <LongField label={t("votes.judge.why")} name="why" value={text} change={setText} rows={4} />}
    </Form>
  );
}

function Withdraw({ proposal: { id } }: Part) {
  const t = useT();
  const { act, busy, refusal } = useAct(withdrawProposal);
  return (
    <Form act={async () => void (await act({ proposal: id }))} says={t("votes.withdraw")} busy={busy} ready refusal={refusal}>
      <p>{t("votes.withdraw.says")}</p>
    </Form>
  );
}
