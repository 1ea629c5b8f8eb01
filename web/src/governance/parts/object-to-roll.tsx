// Objecting to an entry of a roll that is announced: one's own, or a member's by name.
import { objectToRoll } from "@partcommune/shared/governance/api/roll";
import { objectionGrounds, type ObjectionGround } from "@partcommune/shared/governance/rules/objection";
import type { College } from "@partcommune/shared/governance/rules/words";
import { useState } from "react";
import { useAct } from "../../platform/call.tsx";
import { useT } from "../../platform/i18n.tsx";
import { Field, LongField, Pick } from "../../ui/field.tsx";
import { Form } from "../../ui/form.tsx";
import { Unfold } from "../../ui/unfold.tsx";
import { useUntil } from "../../ui/when.tsx";
import type { VoteTold } from "../screens/vote.tsx";

export function ObjectToRoll({ vote: { id, opensAt, roll } }: { readonly vote: VoteTold }) {
  const t = useT();
  const [ground, setGround] = useState<ObjectionGround>("missing");
  const [member, setMember] = useState("");
  const [college, setCollege] = useState<College>(roll.colleges[0]?.college ?? "members");
  const [text, setText] = useState("");
  const until = useUntil();
  const { act, busy, told, refusal } = useAct(objectToRoll);
  const whose = member.trim() === "" ? {} : { member: member.trim() };
  const where = ground === "notEntitled" ? {} : { college };
  return (
    <Unfold faint says={t("votes.object")}>
      {told ? (
        <p role="status">{t("votes.object.sent")}</p>
      ) : (
        <Form
          act={async () => void (await act({ vote: id, ground, ...whose, ...where, text }))}
          says={t("votes.object.send")}
          busy={busy}
          ready={text.trim() !== ""}
          refusal={refusal}
        >
          <p>
            {t("votes.object.says")} {t("votes.object.until", { until: until(opensAt) })}
          </p>
          <Pick
            label={t("votes.object.ground")}
            name="ground"
            value={ground}
            change={setGround}
            options={objectionGrounds.map((value) => ({ value, says: t(`votes.object.ground.${value}`) }))}
          />
          <Field label={t("votes.object.member")} name="member" hint={t("votes.object.member.hint")} value={member} change={setMember} />
          {roll.colleges.length > 1 && ground !== "notEntitled" ? (
            <Pick
              label={t("votes.object.college")}
              name="college"
              value={college}
              change={setCollege}
              options={roll.colleges.map(({ college: value }) => ({ value, says: t(`governance.college.${value}`) }))}
            />
          ) : undefined}
          <LongField label={t("votes.object.text")} name="objection" value={text} change={setText} rows={4} />
        </Form>
      )}
    </Unfold>
  );
}
