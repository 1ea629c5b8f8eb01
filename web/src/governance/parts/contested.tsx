// What is said against a vote, and the panel that decides on it.
import { useT } from "../../platform/i18n.tsx";
import type { VoteTold } from "../screens/vote.tsx";
import { Panels } from "./panels.tsx";

export function Contested({ vote: { contests, panels, state } }: { readonly vote: VoteTold }) {
  const t = useT();
  if (!contests) return undefined;
  return (
    <section aria-labelledby="contested">
      <h2 id="contested">{t("panels.contested")}</h2>
      {state === "counted" ? <p>{t("panels.contested.names", { count: contests.said.length, needed: contests.needed })}</p> : undefined}
      {state === "contested" ? <p>{t("panels.contested.held")}</p> : undefined}
      <Panels panels={panels} />
      <Grounds said={contests.said} />
    </section>
  );
}

/** The grounds, without names. */
export function Grounds({ said }: { readonly said: readonly { readonly ground: string; readonly text: string }[] }) {
  const t = useT();
  return (
    <ul className="plain">
      {said.map(({ ground, text }, at) => (
        <li key={at} className="milestone">
          <h3>{t(`panels.ground.${ground}`)}</h3>
          <p className="letter">{text}</p>
        </li>
      ))}
    </ul>
  );
}
