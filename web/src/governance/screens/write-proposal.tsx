// Writing a proposal: what it asks, in the exact form that is carried out, and why.
import { draftProposal, listBylaws, readProposal, reviseProposal } from "@partcommune/shared/governance/api";
import { languages } from "@partcommune/shared/platform/page";
import type { AskedOf, ToldOf } from "@partcommune/shared/platform/endpoint";
import { getRouteApi, useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import { useAct, useWanted } from "../../platform/call.tsx";
import { useSpeech, useT } from "../../platform/i18n.tsx";
import { Pick } from "../../ui/field.tsx";
import { Form } from "../../ui/form.tsx";
import { faultAt } from "../../ui/refusal.tsx";
import { Answers, answersOf, Applicant, CollegeToElect, otherOf, Purpose, purposeOf, Seat } from "../parts/other-asks.tsx";
import { Tried } from "../parts/tried.tsx";
import { useWording, WordingFields } from "../parts/wording.tsx";
import { typedOf, TypedValueFields, valueFrom, type BylawTold, type TypedValue } from "../parts/typed-value.tsx";

type Payload = AskedOf<typeof draftProposal>["payload"];
const kinds = ["bylaws", "election", "recall", "admission", "budget", "resolution", "founding"] as const;
/** A treaty is begun at the page of the other coop; here only its words change. */
type Kind = (typeof kinds)[number] | "treaty";

const newRoute = getRouteApi("/$language/proposals/new");
const editRoute = getRouteApi("/$language/proposals/$proposal/edit");

/** A new one, or another version of one that is open, which it begins from. */
export function NewProposal() {
  const { key, amends, seat } = newRoute.useSearch();
  return amends ? <Rival amends={amends} /> : <Fresh began={{ bylaw: key, seat, ...(seat ? { kind: "recall" } : {}) }} />;
}

function Rival({ amends }: { readonly amends: string }) {
  const first = useWanted(readProposal, { proposal: amends });
  const { items } = useWanted(listBylaws, {});
  return <Fresh began={beganFrom(first, items)} amends={amends} />;
}

function Fresh({ began, amends }: { readonly began: Began; readonly amends?: string }) {
  const t = useT();
  const { language } = useSpeech();
  const goTo = useNavigate();
  const { act, busy, refusal } = useAct(draftProposal);
  const send = async (words: Words): Promise<void> => {
    const told = await act({ ...words, ...(amends ? { amends } : {}) });
    if (told) await goTo({ href: `/${language}/proposals/${told.id}` });
  };
  return (
    <section>
      <h1>{t(amends ? "votes.otherVersion" : "votes.write")}</h1>
      <p className="lead">{t("votes.write.lead")}</p>
      <Writing began={began} send={send} busy={busy} refusal={refusal} says={t("votes.keepDraft")} fixed={amends !== undefined} />
    </section>
  );
}

/** The same words, put differently. */
export function EditProposal() {
  const t = useT();
  const { language } = useSpeech();
  const { proposal: id } = editRoute.useParams();
  const proposal = useWanted(readProposal, { proposal: id });
  const { items } = useWanted(listBylaws, {});
  const goTo = useNavigate();
  const { act, busy, refusal } = useAct(reviseProposal);
  const send = async (words: Words): Promise<void> => {
    if (await act({ ...words, proposal: id, version: proposal.version })) await goTo({ href: `/${language}/proposals/${id}` });
  };
  return (
    <section>
      <h1>{t("votes.revise")}</h1>
      {proposal.state === "draft" ? undefined : <p className="hint">{t("votes.revise.late")}</p>}
      <Writing began={beganFrom(proposal, items)} send={send} busy={busy} refusal={refusal} says={t("votes.revise.send")} fixed />
    </section>
  );
}

type Words = {
  readonly title: string;
  readonly text: string;
  readonly language: (typeof languages)[number];
  readonly payload: Payload;
  readonly inAssembly: boolean;
};
type Change = { readonly key: string; readonly typed: TypedValue };
type Began = {
  readonly bylaw?: string | undefined;
  readonly seat?: string | undefined;
  readonly title?: string;
  readonly text?: string;
  readonly kind?: Kind;
  readonly changes?: readonly Change[];
  readonly payload?: Payload;
  readonly inAssembly?: boolean;
};

function beganFrom({ title, text, payload, inAssembly }: ToldOf<typeof readProposal>, bylaws: readonly BylawTold[]): Began {
  const unitOf = (key: string) => bylaws.find((bylaw) => bylaw.key === key)?.unit ?? "count";
  const changes = payload.kind === "bylaws" ? payload.changes.map(({ key, value }) => ({ key, typed: typedOf(unitOf(key), value) })) : [];
  return { title, text, payload, inAssembly, kind: payload.kind, changes };
}

/** The day that whoever wrote it named stays, though this form does not ask for it. */
const fromOf = (began: Payload | undefined): { readonly from?: string } =>
  began?.kind === "bylaws" && began.from ? { from: began.from } : {};

type WritingProps = {
  readonly began: Began;
  readonly send: (words: Words) => Promise<void>;
  readonly busy: boolean;
  readonly refusal: Parameters<typeof faultAt>[0];
  readonly says: string;
  readonly fixed?: boolean;
};

function Writing({ began, send, busy, refusal, says, fixed = false }: WritingProps) {
  const t = useT();
  const { language } = useSpeech();
  const { items } = useWanted(listBylaws, {});
  const typedNow = (key: string): Change => {
    const bylaw = items.find((each) => each.key === key);
    return { key, typed: bylaw ? typedOf(bylaw.unit, bylaw.value) : {} };
  };
  const { title = "", text = "", inAssembly = false } = began;
  const words = useWording({ title, text, inAssembly });
  const [kind, setKind] = useState<Kind>(began.kind ?? "bylaws");
  const [changes, setChanges] = useState<readonly Change[]>(began.changes?.length ? began.changes : [typedNow(began.bylaw ?? "fee.rate")]);
  const [other, setOther] = useState(otherOf(began.payload, began.seat));
  const payload = (): Payload => {
    if (kind === "bylaws") return { kind, changes: changes.map((change) => changeFrom(change, items)), ...fromOf(began.payload) };
    if (kind === "election") return { kind, college: other.college };
    if (kind === "recall") return { kind, seat: other.seat };
    if (kind === "admission") return { kind, member: other.member };
    if (kind === "budget") return purposeOf(other);
    if (kind === "treaty") return began.payload ?? { kind: "resolution" };
    if (kind === "resolution") return { kind, ...answersOf(other.answers, other.by) };
    return { kind };
  };
  return (
    <Form
      act={async () => send({ ...words.typed, language: languages.find((each) => each === language) ?? "en", payload: payload() })}
      says={says}
      busy={busy}
      ready={words.ready}
      refusal={refusal}
    >
      {fixed ? undefined : (
        <Pick
          label={t("votes.kind")}
          name="kind"
          value={kind}
          change={setKind}
          options={kinds.map((value) => ({ value, says: t(`votes.kind.${value}`) }))}
        />
      )}
      {kind === "bylaws" ? <Changes changes={changes} change={setChanges} begin={typedNow} refusal={refusal} /> : undefined}
      {kind === "election" ? <CollegeToElect college={other.college} change={(college) => setOther({ ...other, college })} /> : undefined}
      {kind === "resolution" ? <Answers other={other} change={setOther} /> : undefined}
      {kind === "recall" ? <Seat seat={other.seat} change={(seat) => setOther({ ...other, seat })} /> : undefined}
      {kind === "budget" ? <Purpose other={other} change={setOther} refusal={refusal} /> : undefined}
      {kind === "admission" ? <Applicant member={other.member} change={(member) => setOther({ ...other, member })} /> : undefined}
      <WordingFields typed={words.typed} change={words.change} refusal={refusal} />
    </Form>
  );
}

/** `base`: the version that was shown while it was written. */
function changeFrom({ key, typed }: Change, bylaws: readonly BylawTold[]): Extract<Payload, { kind: "bylaws" }>["changes"][number] {
  const bylaw = bylaws.find((each) => each.key === key);
  return { key, base: bylaw?.version ?? 1, value: bylaw ? valueFrom(bylaw.unit, typed) : "" } as never;
}

type ChangesProps = {
  readonly changes: readonly Change[];
  readonly change: (changes: readonly Change[]) => void;
  readonly begin: (key: string) => Change;
  readonly refusal: Parameters<typeof faultAt>[0];
};

function Changes({ changes, change, begin, refusal }: ChangesProps) {
  const t = useT();
  const { items } = useWanted(listBylaws, {});
  const put = (at: number, next: Change): void => change(changes.map((each, place) => (place === at ? next : each)));
  const free = items.find(({ key }) => !changes.some((each) => each.key === key));
  return (
    <>
      {changes.map((each, at) => {
        const bylaw = items.find(({ key }) => key === each.key);
        return (
          <fieldset key={each.key} className="milestone">
            <Pick
              label={t("votes.rule")}
              name={`rule-${at}`}
              value={each.key}
              change={(key) => put(at, begin(key))}
              options={items.map(({ key }) => ({ value: key, says: t(`governance.bylaw.${key}`) }))}
            />
            {bylaw ? (
              <TypedValueFields
                bylaw={bylaw}
                typed={each.typed}
                change={(typed) => put(at, { ...each, typed })}
                fault={faultAt(refusal, `/payload/changes/${at}/value`)}
              />
            ) : undefined}
            {bylaw ? <Tried key={each.key} rule={each.key} value={valueFrom(bylaw.unit, each.typed)} /> : undefined}
            {changes.length > 1 ? (
              <button type="button" className="quiet" onClick={() => change(changes.filter((_, place) => place !== at))}>
                {t("votes.rule.drop")}
              </button>
            ) : undefined}
          </fieldset>
        );
      })}
      {changes.length < 10 && free ? (
        <button type="button" className="quiet" onClick={() => change([...changes, begin(free.key)])}>
          {t("votes.rule.add")}
        </button>
      ) : undefined}
    </>
  );
}
