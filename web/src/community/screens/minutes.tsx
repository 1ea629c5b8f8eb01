// The minutes of an assembly, to be read, signed and printed.
import { readMinutes } from "@partcommune/shared/community/api";
import { addToMinutes, signMinutes } from "@partcommune/shared/community/api/meeting";
import type { Minutes as Written } from "@partcommune/shared/community/rules/minutes";
import type { ToldOf } from "@partcommune/shared/platform/endpoint";
import { getRouteApi } from "@tanstack/react-router";
import { useState } from "react";
import { useAct, useWanted } from "../../platform/call.tsx";
import { useT } from "../../platform/i18n.tsx";
import { useLive } from "../../platform/live.tsx";
import { LongField } from "../../ui/field.tsx";
import { Form } from "../../ui/form.tsx";
import { Link } from "../../ui/link.tsx";
import { Unfold } from "../../ui/unfold.tsx";
import { When } from "../../ui/when.tsx";
import { MinutesPaper } from "../parts/minutes-paper.tsx";

type Told = ToldOf<typeof readMinutes>;

const route = getRouteApi("/$language/gatherings/$gathering/minutes");

export function Minutes() {
  const t = useT();
  const { gathering: id } = route.useParams();
  useLive(`gathering:${id}`);
  const told = useWanted(readMinutes, { gathering: id }, `gathering:${id}`);
  const written = JSON.parse(told.text) as Written;
  return (
    <article className="paper">
      <p className="hint">{written.coop}</p>
      <h1>{t("community.minutes.of", { title: written.title })}</h1>
      <MinutesPaper written={written} zone={told.zone} />
      <Signatures told={told} />
      <Addenda told={told} />
      <p className="hint">{t("community.minutes.hash")}</p>
      <p className="code">{told.hash}</p>
      <div className="next">
        {told.mine.maySign ? <Sign id={id} hash={told.hash} /> : undefined}
        {told.mine.mayAdd ? (
          <Unfold says={t("community.minutes.add")}>
            <Add id={id} />
          </Unfold>
        ) : undefined}
        <p className="acts">
          <button type="button" className="quiet" onClick={() => window.print()}>
            {t("community.minutes.print")}
          </button>
          <Link to={`/gatherings/${id}`}>{t("community.minutes.back")}</Link>
        </p>
      </div>
    </article>
  );
}

function Signatures({ told: { signatures, zone } }: { readonly told: Told }) {
  const t = useT();
  return (
    <>
      <h2>{t("community.minutes.signatures")}</h2>
      <ul className="rows">
        {signatures.map(({ name, part, at }) => (
          <li key={name}>
            <span>
              {name} <small className="hint">{t(`community.signs.${part}`)}</small>
            </span>
            <span>{at ? <When at={at} zone={zone} /> : t("community.minutes.unsigned")}</span>
          </li>
        ))}
      </ul>
    </>
  );
}

function Addenda({ told: { addenda, zone } }: { readonly told: Told }) {
  const t = useT();
  if (addenda.length === 0) return undefined;
  return (
    <>
      <h2>{t("community.minutes.addenda")}</h2>
      {addenda.map(({ id, name, text, at }) => (
        <div key={id} className="milestone">
          <p className="letter">{text}</p>
          <p className="hint">
            {name} · <When at={at} zone={zone} />
          </p>
        </div>
      ))}
    </>
  );
}

function Sign({ id, hash }: { readonly id: string; readonly hash: string }) {
  const t = useT();
  const { act, busy, refusal } = useAct(signMinutes);
  return (
    <Form
      act={async () => void (await act({ gathering: id, hash }))}
      says={t("community.minutes.sign")}
      busy={busy}
      ready
      refusal={refusal}
    >
      <p>{t("community.minutes.sign.says")}</p>
    </Form>
  );
}

function Add({ id }: { readonly id: string }) {
  const t = useT();
  const [text, setText] = useState("");
  const { act, busy, refusal } = useAct(addToMinutes);
  const add = async (): Promise<void> => {
    if (await act({ gathering: id, text })) setText("");
  };
  return (
    <Form act={add} says={t("community.minutes.add.send")} busy={busy} ready={text.trim() !== ""} refusal={refusal}>
      <LongField
        label={t("community.minutes.add.text")}
        hint={t("community.minutes.add.hint")}
        name="addendum"
        value={text}
        change={setText}
        rows={4}
      />
    </Form>
  );
}
