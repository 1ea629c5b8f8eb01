// One objection to a roll, with its answer where there is one.
import type { listObjections } from "@partcommune/shared/governance/api/roll";
import type { ToldOf } from "@partcommune/shared/platform/endpoint";
import type { ReactNode } from "react";
import { useT } from "../../platform/i18n.tsx";

export type ObjectionTold = ToldOf<typeof listObjections>["items"][number];

export function Objection({ objection, children }: { readonly objection: ObjectionTold; readonly children?: ReactNode }) {
  const t = useT();
  const { by, about, ground, college, text, answer } = objection;
  const said = t(`votes.object.ground.${ground}`);
  return (
    <li>
      <span>
        <strong>{t("votes.objections.of", { by, about })}</strong>
        <br />
        {college
          ? t("votes.objections.saidOf", { ground: said, college: t(`governance.college.${college}`), text })
          : t("votes.objections.said", { ground: said, text })}
        {answer ? (
          <>
            <br />
            {t("votes.objections.because", { reason: answer.reason })}
          </>
        ) : undefined}
      </span>
      <span>{t(answer ? (answer.upheld ? "votes.objections.upheld" : "votes.objections.rejected") : "votes.objections.waits")}</span>
      {children}
    </li>
  );
}
