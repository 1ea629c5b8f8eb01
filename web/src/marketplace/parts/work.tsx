// The forms of the work: begin, hand in, approve, ask for changes, dispute, cancel.
import {
  approveHandIn,
  askChanges,
  cancelEngagement,
  endDispute,
  handIn,
  openDispute,
  startEngagement,
} from "@partcommune/shared/marketplace/api";
import { useState } from "react";
import { useAct } from "../../platform/call.tsx";
import { useDraft } from "../../platform/drafts.ts";
import { useT } from "../../platform/i18n.tsx";
import { FilePicker, Files } from "../../platform/parts/files.tsx";
import { useUploads } from "../../platform/upload.ts";
import { LongField } from "../../ui/field.tsx";
import { Form } from "../../ui/form.tsx";
import { Markdown } from "../../ui/markdown.tsx";
import { useMoney } from "../../ui/money.tsx";
import { faultAt } from "../../ui/refusal.tsx";
import { Unfold } from "../../ui/unfold.tsx";
import { Hours, minutesIn } from "./hours.tsx";
import type { EngagementTold, MilestoneTold } from "./told.ts";

type OfMilestone = { readonly milestone: MilestoneTold };

export function Start({ engagement }: { readonly engagement: string }) {
  const t = useT();
  const { act, busy, refusal } = useAct(startEngagement);
  return <Form act={async () => void (await act({ engagement }))} says={t("marketplace.work.start")} busy={busy} ready refusal={refusal} />;
}

type HandInProps = OfMilestone & { readonly engagement: Pick<EngagementTold, "id" | "rate"> };

/** Words, files or both, with the hours where work is paid so; what is typed stays on this device until it is handed in. */
export function HandIn({ milestone: { id, amount, hours }, engagement: { id: engagement, rate } }: HandInProps) {
  const t = useT();
  const { text, write } = useDraft(`handIn:${id}`);
  const uploads = useUploads({ subjectKind: "engagement", subject: engagement });
  const [worked, setWorked] = useState("");
  const minutes = rate ? minutesIn(worked) : undefined;
  const { act, busy, refusal } = useAct(handIn);
  const send = async (): Promise<void> => {
    const time = minutes === undefined ? {} : { minutes };
    if (await act({ milestone: id, text, ...time, ...(uploads.arrived.length > 0 ? { files: [...uploads.arrived] } : {}) })) write("");
  };
  return (
    <Form
      act={send}
      says={t("marketplace.work.handIn")}
      busy={busy}
      ready={!uploads.busy && (!rate || minutes !== undefined) && (text.trim() !== "" || uploads.arrived.length > 0)}
      refusal={refusal}
    >
      {rate ? <Hours rate={rate} cap={hours?.cap ?? amount} worked={worked} change={setWorked} refusal={refusal} /> : undefined}
      <LongField
        label={t("marketplace.work.text")}
        name="text"
        value={text}
        change={write}
        hint={t("marketplace.work.text.hint")}
        fault={faultAt(refusal, "/text")}
      />
      <FilePicker uploads={uploads} />
    </Form>
  );
}

/** The approval carries the version that is on the screen: what changed meanwhile is not approved unseen. */
export function Approve({ milestone: { id, version, handIns, amount }, member }: OfMilestone & { readonly member: string }) {
  const t = useT();
  const money = useMoney();
  const { act, busy, refusal } = useAct(approveHandIn);
  return (
    <Form
      act={async () => void (await act({ milestone: id, version }))}
      says={t("marketplace.work.approve")}
      busy={busy}
      ready
      refusal={refusal}
    >
      <blockquote>
        <Markdown html={handIns.at(-1)?.html ?? ""} />
        <Files files={handIns.at(-1)?.files ?? []} />
      </blockquote>
      <p>{t("marketplace.work.approve.says", { price: money(amount), member })}</p>
    </Form>
  );
}

/** Points as lines: one line, one point. */
export function AskChanges({ milestone: { id } }: OfMilestone) {
  const t = useT();
  const [text, setText] = useState("");
  const { act, busy, refusal } = useAct(askChanges);
  const points = text.split("\n").flatMap((line) => line.trim() || []);
  return (
    <Unfold says={t("marketplace.work.changes.open")}>
      <Form
        act={async () => void (await act({ milestone: id, points }))}
        says={t("marketplace.work.changes")}
        busy={busy}
        ready={points.length > 0}
        refusal={refusal}
      >
        <LongField
          label={t("marketplace.work.points")}
          name="points"
          value={text}
          change={setText}
          hint={t("marketplace.work.points.hint")}
          fault={faultAt(refusal, "/points")}
        />
      </Form>
    </Unfold>
  );
}

export function Dispute({ milestone: { id } }: OfMilestone) {
  const t = useT();
  const { act, busy, refusal } = useAct(openDispute);
  return (
    <Reasoned
      faint
      open={t("marketplace.work.dispute.open")}
      says={t("marketplace.work.dispute")}
      label={t("marketplace.work.dispute.reason")}
      hint={t("marketplace.work.dispute.hint")}
      send={async (reason) => void (await act({ milestone: id, reason }))}
      busy={busy}
      refusal={refusal}
    />
  );
}

export function EndDispute({ milestone: { id } }: OfMilestone) {
  const t = useT();
  const { act, busy, refusal } = useAct(endDispute);
  return (
    <Unfold says={t("marketplace.work.endDispute.open")}>
      <Form
        act={async () => void (await act({ milestone: id }))}
        says={t("marketplace.work.endDispute")}
        busy={busy}
        ready
        refusal={refusal}
      >
        <p>{t("marketplace.work.endDispute.says")}</p>
      </Form>
    </Unfold>
  );
}

export function Cancel({ engagement }: { readonly engagement: string }) {
  const t = useT();
  const { act, busy, refusal } = useAct(cancelEngagement);
  return (
    <Reasoned
      faint
      open={t("marketplace.work.cancel.open")}
      says={t("marketplace.work.cancel")}
      label={t("marketplace.work.cancel.reason")}
      hint={t("marketplace.work.cancel.hint")}
      send={async (reason) => void (await act({ engagement, reason }))}
      busy={busy}
      refusal={refusal}
    />
  );
}

type ReasonedProps = Pick<Parameters<typeof Form>[0], "says" | "busy" | "refusal"> & {
  readonly open: string;
  readonly label: string;
  readonly hint: string;
  readonly send: (reason: string) => Promise<void>;
  readonly faint?: boolean;
};

/** An act that is not taken without saying why. */
export function Reasoned({ open, label, hint, send, says, busy, refusal, faint = false }: ReasonedProps) {
  const [reason, setReason] = useState("");
  return (
    <Unfold says={open} faint={faint}>
      <Form act={async () => send(reason)} says={says} busy={busy} ready={reason.trim() !== ""} refusal={refusal}>
        <LongField label={label} name="reason" value={reason} change={setReason} hint={hint} fault={faultAt(refusal, "/")} />
      </Form>
    </Unfold>
  );
}
