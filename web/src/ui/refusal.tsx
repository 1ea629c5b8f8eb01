// A no, told whole: what, by which rule, and who can change it.
import type { ProblemBody } from "@partcommune/shared/platform/refusal";
import { useT } from "../platform/i18n.tsx";
import { Link } from "./link.tsx";

/** What a person settles on their own settings page, so the refusal leads there. */
const answeredInSettings: ReadonlySet<string> = new Set(["proof-needed", "no-passkey"]);

export function Refusal({ problem }: { readonly problem: ProblemBody | undefined }) {
  const t = useT();
  if (!problem) return undefined;
  const name = problem.type.replace("/problems/", "");
  return (
    <div role="alert" className="refusal">
      <p>{problem.status === 0 ? t("platform.not-reached") : problem.detail}</p>
      {problem.rule ? <p>{t("platform.refusal.rule", { rule: problem.rule })}</p> : undefined}
      {problem.changedBy ? <p>{t("platform.refusal.changedBy", { who: problem.changedBy })}</p> : undefined}
      {answeredInSettings.has(name) ? (
        <p>
          <Link to="/my/settings">{t("platform.settings")}</Link>
        </p>
      ) : undefined}
      <p className="code">{name}</p>
    </div>
  );
}

/** What stands beside a field: the fault at its JSON pointer, if the refusal has one. */
export const faultAt = (problem: ProblemBody | undefined, pointer: string): string | undefined =>
  problem?.errors?.find((fault) => fault.pointer.startsWith(pointer))?.says;
