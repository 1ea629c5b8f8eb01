// The agenda while the board writes it: items in their order, and under a vote the proposal that is put.
import { listProposals } from "@partcommune/shared/governance/api";
import type { conveneAssembly } from "@partcommune/shared/community/api/meeting";
import { itemKinds, isVoted, mostItems, type ItemKind } from "@partcommune/shared/community/rules/agenda";
import type { AskedOf, ToldOf } from "@partcommune/shared/platform/endpoint";
import type { ProblemBody } from "@partcommune/shared/platform/refusal";
import { useWanted } from "../../platform/call.tsx";
import { useT } from "../../platform/i18n.tsx";
import { Field, LongField, Pick, Tick } from "../../ui/field.tsx";
import { faultAt } from "../../ui/refusal.tsx";

export type TypedItem = {
  readonly key: number;
  readonly kind: ItemKind;
  readonly title: string;
  readonly text: string;
  readonly proposal: string;
  readonly paper: boolean;
};

type Waiting = ToldOf<typeof listProposals>["items"][number];

/** The proposals whose authors want them voted in an assembly, and that wait for one. */
export const useWaiting = (): readonly Waiting[] =>
  useWanted(listProposals, { state: "admitted" }, "proposals").items.filter(({ inAssembly }) => inAssembly);

const typedItem = (key: number): TypedItem => ({ key, kind: "report", title: "", text: "", proposal: "", paper: false });

/** An agenda as it begins: a report, then what waits for an assembly. */
export const agendaOf = (waiting: readonly Waiting[]): readonly TypedItem[] => [
  typedItem(0),
  ...waiting.map(({ id, kind, title }, at): TypedItem => {
    const voted = kind === "election" ? "election" : "vote";
    return { ...typedItem(at + 1), kind: voted, title, proposal: id };
  }),
];

export const isAgenda = (items: readonly TypedItem[]): boolean =>
  items.every(({ kind, title, proposal }) => title.trim() !== "" && (!isVoted(kind) || proposal !== ""));

/** What is sent. */
export const itemsIn = (items: readonly TypedItem[]): AskedOf<typeof conveneAssembly>["items"] =>
  items.map(({ kind, title, text, proposal, paper }) => ({ kind, title, text, ...(isVoted(kind) ? { proposal, paper } : {}) }));

type FieldsProps = {
  readonly items: readonly TypedItem[];
  readonly change: (items: readonly TypedItem[]) => void;
  readonly refusal: ProblemBody | undefined;
};

export function AgendaFields({ items, change, refusal }: FieldsProps) {
  const t = useT();
  const put = (at: number, item: TypedItem): void => change(items.map((each, place) => (place === at ? item : each)));
  return (
    <>
      <h2>{t("community.agenda")}</h2>
      {items.map((item, at) => (
        <fieldset key={item.key} className="milestone">
          <legend>{t("community.agenda.item", { number: at + 1 })}</legend>
          <ItemFields item={item} at={at} change={(next) => put(at, next)} refusal={refusal} />
          {items.length > 1 ? (
            <button type="button" className="quiet" onClick={() => change(items.filter((_, place) => place !== at))}>
              {t("community.agenda.drop")}
            </button>
          ) : undefined}
        </fieldset>
      ))}
      {items.length < mostItems ? (
        <button type="button" className="quiet" onClick={() => change([...items, typedItem((items.at(-1)?.key ?? 0) + 1)])}>
          {t("community.agenda.add")}
        </button>
      ) : undefined}
    </>
  );
}

type ItemProps = {
  readonly item: TypedItem;
  readonly at: number;
  readonly change: (item: TypedItem) => void;
  readonly refusal: ProblemBody | undefined;
};

function ItemFields({ item, at, change, refusal }: ItemProps) {
  const t = useT();
  const { kind, title, text } = item;
  return (
    <>
      <Pick
        label={t("community.item.kind")}
        name={`kind-${at}`}
        value={kind}
        change={(chosen) => change({ ...item, kind: chosen, proposal: "", paper: false })}
        options={itemKinds.map((value) => ({ value, says: t(`community.item.${value}`) }))}
      />
      <Field
        label={t("community.item.title")}
        name={`title-${at}`}
        value={title}
        change={(value) => change({ ...item, title: value })}
        fault={faultAt(refusal, `/items/${at}/title`)}
      />
      {isVoted(kind) ? (
        <>
          <Proposal item={item} at={at} change={change} />
          {kind === "vote" ? (
            <Tick
              label={t("community.item.paper")}
              name={`paper-${at}`}
              value={item.paper}
              change={(paper) => change({ ...item, paper })}
            />
          ) : undefined}
        </>
      ) : (
        <LongField
          label={t("community.item.text")}
          name={`text-${at}`}
          value={text}
          change={(value) => change({ ...item, text: value })}
          rows={2}
        />
      )}
    </>
  );
}

/** One of the proposals that wait for a day. */
function Proposal({ item, at, change }: Omit<ItemProps, "refusal">) {
  const t = useT();
  const fitting = useWaiting().filter(({ kind }) => (kind === "election") === (item.kind === "election"));
  if (fitting.length === 0) return <p className="hint">{t("community.item.noProposal")}</p>;
  return (
    <Pick
      label={t("community.item.proposal")}
      name={`proposal-${at}`}
      value={item.proposal}
      change={(proposal) => change({ ...item, proposal, title: item.title || (fitting.find(({ id }) => id === proposal)?.title ?? "") })}
      options={[{ value: "", says: "–" }, ...fitting.map(({ id, title }) => ({ value: id, says: title }))]}
    />
  );
}
