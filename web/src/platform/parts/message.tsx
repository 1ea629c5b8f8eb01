// One message: who, when, what, its files; for its author the way to change it or take it back; and the stone of one that was.
import { editMessage, removeMessage, type listMessages } from "@partcommune/shared/platform/api/messages";
import type { ToldOf } from "@partcommune/shared/platform/endpoint";
import { useState } from "react";
import { useAct } from "../call.tsx";
import { LongField } from "../../ui/field.tsx";
import { Form } from "../../ui/form.tsx";
import { Markdown } from "../../ui/markdown.tsx";
import { faultAt } from "../../ui/refusal.tsx";
import { At } from "../../ui/when.tsx";
import { useT } from "../i18n.tsx";
import { Files } from "./files.tsx";

type Told = ToldOf<typeof listMessages>["items"][number];

export function Message({ message }: { readonly message: Told }) {
  const t = useT();
  const { author, at, html, editedAt, removedAt, files } = message;
  return (
    <li className={author.me ? "mine" : undefined}>
      <p className="hint">
        <strong>{author.me ? t("platform.thread.you") : author.name}</strong>, <At at={at} />
        {editedAt && !removedAt ? <> · {t("platform.thread.edited")}</> : undefined}
      </p>
      {html === undefined ? <p className="stone">{t("platform.thread.removed")}</p> : <Markdown html={html} />}
      <Files files={files} />
      {author.me && !removedAt ? <Own message={message} /> : undefined}
    </li>
  );
}

/** Second thoughts: folded, since they are rare. */
function Own({ message: { id, text, version } }: { readonly message: Told }) {
  const t = useT();
  const [open, setOpen] = useState(false);
  return (
    <details className="unfold small" open={open} onToggle={({ currentTarget }) => setOpen(currentTarget.open)}>
      <summary>{text === undefined ? t("platform.thread.takeBack.open") : t("platform.thread.change.open")}</summary>
      {open && text !== undefined ? <Change id={id} text={text} version={version} done={() => setOpen(false)} /> : undefined}
      {open ? <TakeBack id={id} /> : undefined}
    </details>
  );
}

type ChangeProps = { readonly id: string; readonly text: string; readonly version: number; readonly done: () => void };

function Change({ id, text: before, version, done }: ChangeProps) {
  const t = useT();
  const [text, setText] = useState(before);
  const { act, busy, refusal } = useAct(editMessage);
  const send = async (): Promise<void> => {
    if (await act({ message: id, text, version })) done();
  };
  return (
    <Form act={send} says={t("platform.thread.change")} busy={busy} ready={text.trim() !== "" && text !== before} refusal={refusal}>
      <LongField
        label={t("platform.thread.change.label")}
        name="changed"
        rows={3}
        value={text}
        change={setText}
        hint={t("platform.thread.change.hint")}
        fault={faultAt(refusal, "/text")}
      />
    </Form>
  );
}

function TakeBack({ id }: { readonly id: string }) {
  const t = useT();
  const { act, busy, refusal } = useAct(removeMessage);
  return (
    <Form act={async () => void (await act({ message: id }))} says={t("platform.thread.takeBack")} busy={busy} ready refusal={refusal}>
      <p className="hint">{t("platform.thread.takeBack.says")}</p>
    </Form>
  );
}
