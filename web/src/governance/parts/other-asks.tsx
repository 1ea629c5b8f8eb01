// What a proposal asks that is no change of a rule: answers to choose between, a seat, somebody who applied.
import type { draftProposal } from "@partcommune/shared/governance/api";
import { readBoard } from "@partcommune/shared/governance/api/board";
import { purposePots } from "@partcommune/shared/governance/rules/purpose-pots";
import { listPresented } from "@partcommune/shared/membership/api/applicants";
import type { AskedOf } from "@partcommune/shared/platform/endpoint";
import { readCoop } from "@partcommune/shared/platform/api";
import { useAsked, useWanted } from "../../platform/call.tsx";
import { useT } from "../../platform/i18n.tsx";
import { DateField, Field, LongField, Pick } from "../../ui/field.tsx";
import { faultAt } from "../../ui/refusal.tsx";

type Payload = AskedOf<typeof draftProposal>["payload"];
type College = Extract<Payload, { kind: "election" }>["college"];

export type Other = {
  readonly college: College;
  readonly seat: string;
  readonly member: string;
  readonly pot: (typeof purposePots)[number];
  readonly amount: string;
  readonly purpose: string;
  readonly until: string;
  readonly answers: string;
  readonly by: "approval" | "score";
};

/** Lines as answers; with fewer than two the question is yes or no. */
export function answersOf(text: string, by: Other["by"]): { readonly answers?: string[]; readonly by?: Other["by"] } {
  const answers = text
    .split("\n")
    .map((line) => line.trim())
    .filter((line) => line !== "");
  return answers.length < 2 ? {} : { answers, by };
}

/** What is typed besides rules, as it stood in what it begins from. */
export const otherOf = (payload: Payload | undefined, seat?: string): Other => ({
  college: payload?.kind === "election" ? payload.college : "members",
  seat: payload?.kind === "recall" ? payload.seat : (seat ?? ""),
  member: payload?.kind === "admission" ? payload.member : "",
  ...(payload?.kind === "budget" ? payload : { pot: "running", amount: "", purpose: "", until: "" }),
  answers: payload?.kind === "resolution" ? (payload.answers ?? []).join("\n") : "",
  by: payload?.kind === "resolution" ? (payload.by ?? "approval") : "approval",
});

/** The answers one can choose between, a line each. */
export function Answers({ other, change }: { readonly other: Other; readonly change: (other: Other) => void }) {
  const t = useT();
  const options = (["approval", "score"] as const).map((value) => ({ value, says: t(`votes.method.${value}`) }));
  return (
    <>
      <LongField
        label={t("votes.answers")}
        hint={t("votes.answers.hint")}
        name="answers"
        rows={4}
        value={other.answers}
        change={(answers) => change({ ...other, answers })}
      />
      {other.answers.includes("\n") ? (
        <Pick label={t("votes.method")} name="by" value={other.by} change={(by) => change({ ...other, by })} options={options} />
      ) : undefined}
    </>
  );
}

/** Which college elects, and how many seats that fills now. */
export function CollegeToElect({ college, change }: { readonly college: College; readonly change: (college: College) => void }) {
  const t = useT();
  const { colleges } = useWanted(readBoard, {}, "board");
  const chosen = colleges.find((each) => each.college === college);
  const options = colleges.map((each) => ({ value: each.college, says: t(`governance.college.${each.college}`) }));
  const says = chosen?.election ? "runs" : chosen && chosen.toFill > 0 ? "fills" : "full";
  return (
    <Pick
      label={t("votes.college")}
      hint={t(`votes.college.${says}`, { count: chosen?.toFill ?? 0 })}
      name="college"
      value={college}
      change={change}
      options={options}
    />
  );
}

/** Whose seat it is about. */
export function Seat({ seat, change }: { readonly seat: string; readonly change: (seat: string) => void }) {
  const t = useT();
  const { seats } = useWanted(readBoard, {}, "board");
  const options = [{ value: "", says: "–" }, ...seats.map(({ id, name }) => ({ value: id, says: name }))];
  return <Pick label={t("votes.recall.whose")} name="seat" value={seat} change={change} options={options} />;
}

/** Who would be let in: those who applied and agreed to be shown to the members. */
export function Applicant({ member, change }: { readonly member: string; readonly change: (member: string) => void }) {
  const t = useT();
  const { items = [] } = useAsked(listPresented, {}, true) ?? {};
  const options = [{ value: "", says: "–" }, ...items.map(({ id, name }) => ({ value: id, says: name }))];
  const chosen = items.find(({ id }) => id === member);
  if (items.length === 0) return <p role="status">{t("votes.admission.nobody")}</p>;
  return (
    <>
      <Pick label={t("votes.admission.whom")} name="member" value={member} change={change} options={options} />
      {chosen ? (
        <>
          {chosen.refused ? <p className="hint">{t("votes.admission.refused")}</p> : undefined}
          <blockquote className="letter">{chosen.words}</blockquote>
        </>
      ) : undefined}
    </>
  );
}

/** Money as it was typed, in the form a proposal carries. */
export const purposeOf = ({ pot, amount, purpose, until }: Other): Payload => ({
  kind: "budget",
  pot,
  amount: amount.replaceAll(/[\s\u00a0\u202f]/g, "").replace(",", "."),
  purpose: purpose.trim(),
  until,
});

type PurposeProps = {
  readonly other: Other;
  readonly change: (other: Other) => void;
  readonly refusal: Parameters<typeof faultAt>[0];
};

/** Money of a pot for a purpose, until a day. */
export function Purpose({ other, change, refusal }: PurposeProps) {
  const t = useT();
  const { currency = "EUR" } = useWanted(readCoop, {});
  const of = (name: "amount" | "purpose" | "until") => ({
    name,
    value: other[name],
    change: (value: string) => change({ ...other, [name]: value }),
    fault: faultAt(refusal, `/payload/${name}`),
  });
  return (
    <>
      <Pick
        label={t("votes.purpose.pot")}
        hint={t("votes.purpose.pot.hint")}
        name="pot"
        value={other.pot}
        change={(pot) => change({ ...other, pot })}
        options={purposePots.map((value) => ({ value, says: t(`governance.pot.${value}`) }))}
      />
      <Field label={t("votes.purpose.amount", { currency })} mode="decimal" {...of("amount")} />
      <Field label={t("votes.purpose.for")} {...of("purpose")} />
      <DateField label={t("votes.purpose.until")} hint={t("votes.purpose.until.hint")} {...of("until")} />
    </>
  );
}
