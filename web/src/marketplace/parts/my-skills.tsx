// What a member says they can do; it orders the jobs shown to them, and to nobody else.
import { listMySkills, setMySkills } from "@partcommune/shared/marketplace/api";
import { mostMemberSkills } from "@partcommune/shared/marketplace/rules/skill";
import { useState } from "react";
import { useAct, useWanted } from "../../platform/call.tsx";
import { useSpeech, useT } from "../../platform/i18n.tsx";
import { Form } from "../../ui/form.tsx";
import { Skills, type Skill } from "./skills.tsx";

export function MySkills() {
  const t = useT();
  const { language } = useSpeech();
  const { items } = useWanted(listMySkills, { labels: language });
  const [chosen, setChosen] = useState<readonly Skill[]>(items);
  const { act, busy, told, refusal } = useAct(setMySkills);
  return (
    <section aria-labelledby="skills">
      <h2 id="skills">{t("marketplace.skills.mine")}</h2>
      <Form
        act={async () => void (await act({ skills: chosen.map(({ id }) => id) }))}
        says={t("marketplace.skills.keep")}
        busy={busy}
        ready
        refusal={refusal}
      >
        <Skills
          label={t("marketplace.search.skills")}
          hint={t("marketplace.skills.mine.hint")}
          chosen={chosen}
          change={setChosen}
          most={mostMemberSkills}
        />
      </Form>
      {told ? <p role="status">{t("marketplace.skills.kept")}</p> : undefined}
    </section>
  );
}
