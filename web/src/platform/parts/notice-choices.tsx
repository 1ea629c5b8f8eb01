// Which notices also come by mail and how often, which are pushed, and when neither may. In-app everything shows.
import type { Role } from "@partcommune/shared/platform/actor";
import { readCoop, readSession } from "@partcommune/shared/platform/api";
import { chooseNotices, readNoticeChoices } from "@partcommune/shared/platform/api/notices";
import type { ToldOf } from "@partcommune/shared/platform/endpoint";
import { readPush } from "@partcommune/shared/platform/api/push";
import { noticeKinds, rhythms, type NoticeKind } from "@partcommune/shared/platform/rules/notices";
import { useState } from "react";
import { Field, Pick, Tick } from "../../ui/field.tsx";
import { Form } from "../../ui/form.tsx";
import { useAwake } from "../../ui/awake.ts";
import { Unfold } from "../../ui/unfold.tsx";
import { useAct, useWanted } from "../call.tsx";
import { useT } from "../i18n.tsx";

type Choices = ToldOf<typeof readNoticeChoices>;

/** Kinds that only a role is told of. */
const forRole: Readonly<Partial<Record<NoticeKind, Role>>> = {
  heldUp: "adviser",
  lineToConfirm: "treasurer",
  selfBilledWrong: "treasurer",
  fundAlert: "board",
  rollObjected: "board",
  seatResigned: "board",
};

const usualHours = { from: "21:00", to: "07:00" };

export function NoticeChoices() {
  const t = useT();
  const [choices, choose] = useState(useWanted(readNoticeChoices, {}));
  const { act, busy, told, refusal } = useAct(chooseNotices);
  const { person } = useWanted(readSession, {});
  const kinds = noticeKinds.filter((kind) => forRole[kind] === undefined || person?.roles.includes(forRole[kind]));
  return (
    <>
      <h2>{t("platform.choices.title")}</h2>
      <p>{t("platform.choices.says")}</p>
      <Form act={async () => void (await act(choices))} says={t("platform.choices.save")} busy={busy} ready refusal={refusal}>
        <div className="grid-of-two">
          {kinds.map((kind) => (
            <Pick
              key={kind}
              label={t(`platform.choices.kind.${kind}`)}
              name={kind}
              value={choices.mail[kind]}
              change={(rhythm) => choose({ ...choices, mail: { ...choices.mail, [kind]: rhythm } })}
              options={rhythms.map((rhythm) => ({ value: rhythm, says: t(`platform.choices.rhythm.${rhythm}`) }))}
            />
          ))}
        </div>
        <Pushed kinds={kinds} choices={choices} choose={choose} />
        <QuietHours choices={choices} choose={choose} />
        <Zone choices={choices} choose={choose} />
      </Form>
      {told ? <p role="status">{t("platform.choices.saved")}</p> : undefined}
    </>
  );
}

type Part = { readonly choices: Choices; readonly choose: (choices: Choices) => void };

/** Only whoever has a device chooses what comes to it. */
function Pushed({ kinds, choices, choose }: Part & { readonly kinds: readonly NoticeKind[] }) {
  const t = useT();
  const { devices } = useWanted(readPush, {});
  if (devices.length === 0) return undefined;
  return (
    <Unfold says={t("platform.choices.push")}>
      <div className="grid-of-two">
        {kinds.map((kind) => (
          <Tick
            key={kind}
            label={t(`platform.choices.kind.${kind}`)}
            name={`push-${kind}`}
            value={choices.push[kind]}
            change={(on) => choose({ ...choices, push: { ...choices.push, [kind]: on } })}
          />
        ))}
      </div>
    </Unfold>
  );
}

function QuietHours({ choices: { quiet, ...rest }, choose }: Part) {
  const t = useT();
  return (
    <>
      <Tick
        label={t("platform.choices.quiet")}
        name="quiet"
        value={quiet !== undefined}
        change={(on) => choose(on ? { ...rest, quiet: usualHours } : rest)}
      />
      {quiet ? (
        <div className="grid-of-two">
          {(["from", "to"] as const).map((end) => (
            <Field
              key={end}
              type="time"
              label={t(`platform.choices.quiet.${end}`)}
              name={end}
              value={quiet[end]}
              change={(time) => choose({ ...rest, quiet: { ...quiet, [end]: time } })}
            />
          ))}
        </div>
      ) : undefined}
    </>
  );
}

/** The coop's zone, the one of this device, and the one that was chosen. */
function Zone({ choices, choose }: Part) {
  const t = useT();
  const awake = useAwake();
  const { zone = "UTC" } = useWanted(readCoop, {});
  const here = awake ? new Intl.DateTimeFormat().resolvedOptions().timeZone : zone;
  const zones = [...new Set([choices.zone, zone, here])];
  return (
    <Pick
      label={t("platform.choices.zone")}
      name="zone"
      value={choices.zone}
      change={(chosen) => choose({ ...choices, zone: chosen })}
      options={zones.map((value) => ({ value, says: value.replaceAll("_", " ") }))}
    />
  );
}
