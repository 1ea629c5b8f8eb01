// A member's own money: what is on their budget, what is on its way to them, what moved, and to which account it goes.
import { readMe } from "@partcommune/shared/membership/api";
import { readStatement } from "@partcommune/shared/money/api";
import type { ToldOf } from "@partcommune/shared/platform/endpoint";
import { useWanted } from "../../platform/call.tsx";
import { useT } from "../../platform/i18n.tsx";
import { Link } from "../../ui/link.tsx";
import { Money } from "../../ui/money.tsx";
import { Account } from "../parts/account.tsx";
import { mayHold } from "../parts/may-hold.ts";
import { Movements } from "../parts/movements.tsx";
import { pageOf } from "../parts/page-of.ts";
import { Payables } from "../parts/payables.tsx";
import { Share } from "../parts/share.tsx";

type StatementTold = ToldOf<typeof readStatement>;

export function Statement() {
  const t = useT();
  const { person } = useWanted(readMe, {});
  if (person && mayHold(person)) return <Own member={person.member} stage={person.stage ?? ""} />;
  return (
    <section className="sheet">
      <h1>{t("money.statement.title")}</h1>
      <p>{t("money.statement.none")}</p>
      <Link to="/join">{t("money.statement.join")}</Link>
    </section>
  );
}

function Own({ member, stage }: { readonly member: string; readonly stage: string }) {
  const t = useT();
  const statement = useWanted(readStatement, { member, ...pageOf });
  return (
    <>
      <section>
        <h1>{t("money.statement.title")}</h1>
        <Figures statement={statement} />
      </section>
      <Payables payables={statement.payables} hasAccount={statement.iban !== undefined} />
      <Movements items={statement.items} more={statement.next !== undefined} />
      <Account member={member} iban={statement.iban} />
      <Share member={member} stage={stage} />
    </>
  );
}

function Figures({ statement: { balance, available } }: { readonly statement: StatementTold }) {
  const t = useT();
  return (
    <>
      <dl className="figures two">
        <div>
          <dt>{t("money.statement.balance")}</dt>
          <dd className="mine-money">
            <Money of={balance} />
          </dd>
        </div>
        <div>
          <dt>{t("money.statement.available")}</dt>
          <dd className="mine-money">
            <Money of={available} />
          </dd>
        </div>
      </dl>
      <p>{t("money.statement.says")}</p>
    </>
  );
}
