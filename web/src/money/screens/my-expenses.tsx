// What one may have ahead of one's work and why, what one owes, and how it goes down.
import { readAdvances } from "@partcommune/shared/money/api";
import { readMe } from "@partcommune/shared/membership/api";
import { useWanted } from "../../platform/call.tsx";
import { useT } from "../../platform/i18n.tsx";
import { isMember } from "../../platform/parts/is-member.ts";
import { Link } from "../../ui/link.tsx";
import { AskAdvance, Limit } from "../parts/advance-limit.tsx";
import { Advances } from "../parts/advances.tsx";

export function MyExpenses() {
  const t = useT();
  const { person } = useWanted(readMe, {});
  return (
    <section>
      <h1>{t("outlays.title")}</h1>
      {person?.member && isMember(person.stage) ? (
        <Mine member={person.member} />
      ) : (
        <p role="status">
          {t("money.mine.noMember")} <Link to="/join">{t("money.mine.join")}</Link>
        </p>
      )}
    </section>
  );
}

function Mine({ member }: { readonly member: string }) {
  const t = useT();
  const advances = useWanted(readAdvances, {}, `member:${member}`);
  return (
    <>
      <p className="lead">{t("outlays.lead")}</p>
      <p>
        <Link to="/my/money">{t("outlays.money")}</Link>
      </p>
      <div className="split">
        <div className="stack">
          <Advances told={advances} />
        </div>
        <div className="stack">
          <Limit told={advances} />
          {advances.isLeaving ? <p role="status">{t("outlays.leaving")}</p> : <AskAdvance limit={advances.limit} />}
        </div>
      </div>
    </>
  );
}
