// With whom somebody bids: colleagues by name from the directory, and how the whole is shared out, with the sum beside it.
import { listMembers } from "@partcommune/shared/membership/api/directory";
import { mostParts } from "@partcommune/shared/marketplace/rules/team";
import { moneyText, type Money as Amount } from "@partcommune/shared/platform/money";
import { useId, useState } from "react";
import { useAsked } from "../../platform/call.tsx";
import { localeOf, useLearnt, useSpeech, useT } from "../../platform/i18n.tsx";
import { Field, Pick } from "../../ui/field.tsx";
import { Money, useMoney } from "../../ui/money.tsx";
import { Unfold } from "../../ui/unfold.tsx";
import { inEqualParts, missingOf, namedBy, replaced, sharesIn, withOneMore, without, type TeamTyped } from "./team-typed.ts";

type TeamProps = {
  readonly team: TeamTyped;
  readonly change: (team: TeamTyped) => void;
  /** The price of the whole; absent while it is not typed. */
  readonly whole: Amount | undefined;
};

export function TeamFields({ team, change, whole }: TeamProps) {
  const t = useT();
  if (!useLearnt("teams")) return undefined;
  return (
    <Unfold says={t("teams.form.open")}>
      <div className="team">
        <p>{t("teams.form.says")}</p>
        {team.others.length + 1 < mostParts ? <Search team={team} change={change} /> : undefined}
        {team.others.length > 0 && whole ? <Shares team={team} change={change} whole={whole} /> : undefined}
        {team.others.length > 0 && !whole ? <p>{t("teams.form.priceFirst")}</p> : undefined}
      </div>
    </Unfold>
  );
}

/** Whom to ask: the directory as its readers see it. */
function Search({ team, change }: Pick<TeamProps, "team" | "change">) {
  const t = useT();
  const [text, setText] = useState("");
  const found = useAsked(listMembers, { text, limit: 5 }, text.trim().length > 1);
  const named = new Set(team.others.map(({ handle }) => handle));
  const items = found?.items.filter(({ handle }) => !named.has(handle)) ?? [];
  return (
    <>
      <Field label={t("teams.form.name")} name="colleague" value={text} change={setText} hint={t("teams.form.name.hint")} />
      {found && items.length === 0 ? <p role="status">{t("teams.form.nobody")}</p> : undefined}
      <ul className="rows">
        {items.map(({ handle, name, trade }) => (
          <li key={handle}>
            <div>
              <h3>{name}</h3>
              <p>{trade}</p>
            </div>
            <button
              type="button"
              className="quiet"
              onClick={() => {
                change(withOneMore(team, { handle, name }));
                setText("");
              }}
            >
              {t("teams.form.add", { name })}
            </button>
          </li>
        ))}
      </ul>
    </>
  );
}

type SharesProps = TeamProps & { readonly whole: Amount };

function Shares({ team, change, whole }: SharesProps) {
  const t = useT();
  const shares = sharesIn(team, whole);
  const names = [t("teams.form.you"), ...team.others.map(({ name }) => name)];
  return (
    <>
      <Pick
        label={t("teams.form.by")}
        name="by"
        value={team.by}
        change={(by) => change(namedBy(team, by, shares))}
        options={[
          { value: "ppm", says: t("teams.form.by.ppm") },
          { value: "amount", says: t("teams.form.by.amount") },
        ]}
      />
      <ul className="plain">
        {names.map((name, at) => (
          <li key={team.others[at - 1]?.handle ?? ""}>
            <OneShare team={team} change={change} at={at} name={name} amount={shares[at] ?? whole} currency={whole.currency} />
          </li>
        ))}
      </ul>
      <Together team={team} whole={whole} />
      {team.by === "ppm" ? (
        <p>
          <button type="button" className="quiet" onClick={() => change(inEqualParts(team))}>
            {t("teams.form.equal")}
          </button>
        </p>
      ) : undefined}
    </>
  );
}

type OneShareProps = Pick<TeamProps, "team" | "change"> & {
  readonly at: number;
  readonly name: string;
  readonly amount: Amount;
  readonly currency: string;
};

function OneShare({ team, change, at, name, amount, currency }: OneShareProps) {
  const t = useT();
  const id = useId();
  const handle = team.others[at - 1]?.handle;
  const share = team.ppm[at] ?? 0;
  const percent = new Intl.NumberFormat(localeOf(useSpeech().language), { maximumFractionDigits: 2 });
  return (
    <>
      {team.by === "ppm" ? (
        <div className="field">
          <label htmlFor={id}>
            {name}: {t("teams.form.percent", { percent: percent.format(share / 10_000) })} · <Money of={moneyText(amount)} />
          </label>
          <input
            id={id}
            type="range"
            name={`share-${at}`}
            min={1}
            max={99}
            step={1}
            value={Math.round(share / 10_000)}
            onChange={({ target }) => change({ ...team, ppm: replaced(team.ppm, at, Number(target.value) * 10_000) })}
          />
        </div>
      ) : (
        <Field
          label={t("teams.form.amount", { name, currency })}
          name={`share-${at}`}
          mode="decimal"
          value={team.amounts[at] ?? ""}
          change={(typed) => change({ ...team, amounts: replaced(team.amounts, at, typed) })}
        />
      )}
      {handle === undefined ? undefined : (
        <button type="button" className="faint" onClick={() => change(without(team, handle))}>
          {t("teams.form.remove", { name })}
        </button>
      )}
    </>
  );
}

/** What the shares come to, and what they lack. */
function Together({ team, whole }: Pick<SharesProps, "team" | "whole">) {
  const t = useT();
  const say = useMoney();
  const missing = missingOf(team, whole);
  const said = {
    whole: say(moneyText(whole)),
    amount: say(moneyText({ ...missing, minor: missing.minor < 0n ? -missing.minor : missing.minor })),
  };
  const how = missing.minor === 0n ? "teams.form.whole" : missing.minor > 0n ? "teams.form.missing" : "teams.form.tooMuch";
  return (
    <p role="status" className={missing.minor === 0n ? undefined : "fault"}>
      {t(how, said)}
    </p>
  );
}
