// What every proposal says in words, whatever it asks: its title, why, and whether it waits for an assembly.
import { useState } from "react";
import { useT } from "../../platform/i18n.tsx";
import { Field, LongField, Tick } from "../../ui/field.tsx";
import { faultAt } from "../../ui/refusal.tsx";

export type Wording = { readonly title: string; readonly text: string; readonly inAssembly: boolean };

/** The words as they are typed, and whether they can be sent. */
export function useWording(begun: Partial<Wording>) {
  const [typed, change] = useState<Wording>({ title: "", text: "", inAssembly: false, ...begun });
  return { typed, change, ready: typed.title.trim().length >= 3 && typed.text.trim() !== "" };
}

type Props = {
  readonly typed: Wording;
  readonly change: (typed: Wording) => void;
  readonly refusal: Parameters<typeof faultAt>[0];
};

export function WordingFields({ typed, change, refusal }: Props) {
  const t = useT();
  return (
    <>
      <Field
        label={t("votes.title")}
        hint={t("votes.title.hint")}
        name="title"
        value={typed.title}
        change={(title) => change({ ...typed, title })}
        fault={faultAt(refusal, "/title")}
      />
      <LongField
        label={t("votes.text")}
        hint={t("votes.text.hint")}
        name="text"
        value={typed.text}
        change={(text) => change({ ...typed, text })}
        rows={10}
        fault={faultAt(refusal, "/text")}
      />
      <Tick
        label={t("votes.wantsAssembly")}
        name="inAssembly"
        value={typed.inAssembly}
        change={(inAssembly) => change({ ...typed, inAssembly })}
      />
    </>
  );
}
