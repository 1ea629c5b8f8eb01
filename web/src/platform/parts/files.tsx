// Files: those that came, to be saved, and those on their way with a form.
import { fetchFile, type finishFile } from "@partcommune/shared/platform/api/files";
import { pathWith, type ToldOf } from "@partcommune/shared/platform/endpoint";

import { useId } from "react";
import { Refusal } from "../../ui/refusal.tsx";
import { localeOf, useSpeech, useT } from "../i18n.tsx";
import type { Upload, Uploads } from "../upload.ts";

type Card = ToldOf<typeof finishFile>;

/** Files that came with something, each a link that saves it. */
export function Files({ files }: { readonly files: readonly Card[] }) {
  const size = useSize();
  if (files.length === 0) return undefined;
  return (
    <ul className="files">
      {files.map(({ id, name, size: bytes }) => (
        <li key={id}>
          <a href={pathWith(fetchFile.path, { file: id })} download={name}>
            {name}
          </a>{" "}
          <span className="hint">{size(bytes)}</span>
        </li>
      ))}
    </ul>
  );
}

/** How large a file is, in the units people read on their own machine. */
function useSize(): (bytes: number) => string {
  const { language } = useSpeech();
  return (bytes) => {
    const [value, unit] = bytes < 1_000_000 ? [Math.max(1, Math.round(bytes / 1_000)), "kilobyte"] : [bytes / 1_000_000, "megabyte"];
    return new Intl.NumberFormat(localeOf(language), { style: "unit", unit, maximumFractionDigits: 1 }).format(value);
  };
}

/** Picks files for a form, and says of each how far it is. */
export function FilePicker({ uploads }: { readonly uploads: Uploads }) {
  const t = useT();
  const id = useId();
  return (
    <div className="field">
      <label className="pick">
        {t("platform.files.add")}
        <input
          type="file"
          className="heard"
          multiple
          aria-describedby={`${id}-hint`}
          onChange={({ target }) => {
            uploads.add(target.files ?? []);
            target.value = ""; // so that the same file can be picked again
          }}
        />
      </label>
      <p id={`${id}-hint`} className="hint">
        {t("platform.files.hint")}
      </p>
      {uploads.all.length > 0 ? (
        <ul className="files">
          {uploads.all.map((upload) => (
            <OnItsWay key={upload.key} upload={upload} drop={uploads.drop} />
          ))}
        </ul>
      ) : undefined}
    </div>
  );
}

function OnItsWay({ upload: { key, name, sent, card, refusal }, drop }: { readonly upload: Upload; readonly drop: Uploads["drop"] }) {
  const t = useT();
  const size = useSize();
  return (
    <li>
      <span>{card?.name ?? name}</span> {card ? <span className="hint">{size(card.size)}</span> : undefined}
      {card || refusal ? undefined : <progress max={100} value={sent} aria-label={t("platform.files.sending", { name })} />}{" "}
      <button type="button" className="faint" onClick={() => drop(key)} aria-label={t("platform.files.drop.of", { name })}>
        {t("platform.files.drop")}
      </button>
      <Refusal problem={refusal} />
    </li>
  );
}
