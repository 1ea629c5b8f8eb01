// Every stage of a count as a table, by the method of the vote.
import type { Notice } from "@partcommune/shared/governance/rules/notice";
import { useT } from "../../platform/i18n.tsx";

export function Stages({ notice, stages }: { readonly notice: Notice; readonly stages: unknown }) {
  const t = useT();
  if (notice.method !== "yesNo") return <pre className="code">{JSON.stringify(stages, undefined, 2)}</pre>;
  const { yes, no } = stages as { readonly yes: number; readonly no: number };
  return <p>{t("votes.yesNo", { yes, no })}</p>;
}
