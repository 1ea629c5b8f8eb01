// Choosing skills: found while one types, in whatever language, shown as chips that a click takes away.
import { listSkills } from "@partcommune/shared/marketplace/api";
import type { ToldOf } from "@partcommune/shared/platform/endpoint";
import { useState } from "react";
import { useAsked } from "../../platform/call.tsx";
import { useSpeech, useT } from "../../platform/i18n.tsx";
import { Field } from "../../ui/field.tsx";

export type Skill = ToldOf<typeof listSkills>["items"][number];

type SkillsProps = {
  readonly label: string;
  readonly hint: string;
  readonly chosen: readonly Skill[];
  readonly change: (chosen: readonly Skill[]) => void;
  readonly most: number;
  readonly fault?: string | undefined;
};

const leastTyped = 2;
const mostOffered = 6;

export function Skills({ label, hint, chosen, change, most, fault }: SkillsProps) {
  const t = useT();
  const { language } = useSpeech();
  const [typed, setTyped] = useState("");
  const text = typed.trim();
  const asks = text.length >= leastTyped && chosen.length < most;
  const told = useAsked(listSkills, { text: asks ? text : "-", labels: language }, asks);
  const offered = (told?.items ?? []).filter(({ id }) => !chosen.some((skill) => skill.id === id)).slice(0, mostOffered);
  const take = (skill: Skill): void => {
    change([...chosen, skill]);
    setTyped("");
  };
  return (
    <div className="skills">
      <Field label={label} name="skill" hint={hint} fault={fault} value={typed} change={setTyped} />
      {offered.length > 0 ? (
        <ul className="chips" aria-label={t("marketplace.skills.offered")}>
          {offered.map((skill) => (
            <li key={skill.id}>
              <button type="button" onClick={() => take(skill)}>
                {t("marketplace.skills.add", { skill: skill.label })}
              </button>
            </li>
          ))}
        </ul>
      ) : undefined}
      {chosen.length > 0 ? (
        <ul className="chips" aria-label={t("marketplace.skills.chosen")}>
          {chosen.map(({ id, label: name }) => (
            <li key={id}>
              <button type="button" onClick={() => change(chosen.filter((skill) => skill.id !== id))}>
                {t("marketplace.search.remove", { filter: name })}
              </button>
            </li>
          ))}
        </ul>
      ) : undefined}
    </div>
  );
}
