// The board's page of people: who holds which role, and whose trial ends with a membership.
import { useState, useTransition } from "react";
import { confirmMember, endRole, giveRole, listPeople, readMe } from "@partcommune/shared/membership/api";
import type { Role } from "@partcommune/shared/platform/actor";
import type { ToldOf } from "@partcommune/shared/platform/endpoint";
import { useAct, useWanted } from "../../platform/call.tsx";
import { useT } from "../../platform/i18n.tsx";
import { useAwake } from "../../ui/awake.ts";
import { Pick } from "../../ui/field.tsx";
import { Link } from "../../ui/link.tsx";
import { Refusal } from "../../ui/refusal.tsx";
import { At } from "../../ui/when.tsx";
import { Employed } from "../parts/employed.tsx";
import { NameAdviser } from "../parts/name-adviser.tsx";
import { InBranch } from "../parts/move.tsx";

type Person = ToldOf<typeof listPeople>["items"][number];

/** The roles a board gives. Who runs the machine is settled at the machine. */
const given = ["treasurer", "adviser", "board", "accountant"] as const satisfies readonly Role[];
type Given = (typeof given)[number];

export function People() {
  const t = useT();
  const [after, setAfter] = useState<string>();
  const [turning, turn] = useTransition();
  const { items, next } = useWanted(listPeople, after ? { after } : {}, "desk:people");
  const { person: me } = useWanted(readMe, {});
  return (
    <section>
      <h1>{t("membership.people.title")}</h1>
      <p className="lead">{t("membership.people.lead")}</p>
      <p>
        <Link to="/desk/books">{t("membership.people.books")}</Link>
      </p>
      <ul className="rows">
        {items.map((person) => (
          <Row key={person.id} person={person} self={person.email === me?.email} />
        ))}
      </ul>
      <p className="acts">
        {after ? (
          <button type="button" className="quiet" disabled={turning} onClick={() => turn(() => setAfter(undefined))}>
            {t("membership.people.first")}
          </button>
        ) : undefined}
        {next ? (
          <button type="button" className="quiet" disabled={turning} onClick={() => turn(() => setAfter(next))}>
            {t("membership.people.next")}
          </button>
        ) : undefined}
      </p>
    </section>
  );
}

function Row({ person, self }: { readonly person: Person; readonly self: boolean }) {
  const t = useT();
  const { name, email, stage, member, roles } = person;
  return (
    <li className="person">
      <div>
        <h2>{name}</h2>
        <p className="address">{email}</p>
        {stage ? <p>{t(`membership.people.stage.${stage}`)}</p> : undefined}
        {person.leavingAt ? (
          <p>
            {t("membership.people.leavingSince")} <At at={person.leavingAt} />
          </p>
        ) : undefined}
        {person.adviser ? <p>{t("membership.adviser.is", { adviser: person.adviser })}</p> : undefined}
        <InBranch person={person} />
        {member && person.employed ? <Employed member={member} name={name} /> : undefined}
        {member && person.branch ? <NameAdviser member={member} name={name} /> : undefined}
        {roles.length === 0 ? <p>{t("membership.people.noRole")}</p> : undefined}
      </div>
      {roles.map((role) => (
        <Held key={role} person={person} role={role} />
      ))}
      {stage === "trial" && member && !self ? <Confirm name={name} member={member} /> : undefined}
      {self ? <p className="hint">{t("membership.people.self")}</p> : <Give person={person} />}
    </li>
  );
}

function Held({ person: { id, name }, role }: { readonly person: Person; readonly role: Role }) {
  const t = useT();
  const awake = useAwake();
  const { act, busy, refusal } = useAct(endRole);
  const says = t(`membership.role.${role}`);
  return (
    <div className="held">
      <p className="acts">
        <strong>{says}</strong>
        {role === "operator" ? undefined : (
          <button
            type="button"
            className="faint"
            aria-label={t("membership.people.endOf", { role: says, name })}
            disabled={!awake || busy}
            onClick={() => void act({ person: id, role })}
          >
            {t("membership.people.end")}
          </button>
        )}
      </p>
      <Refusal problem={refusal} />
    </div>
  );
}

function Confirm({ name, member }: { readonly name: string; readonly member: string }) {
  const t = useT();
  const awake = useAwake();
  const { act, busy, refusal } = useAct(confirmMember);
  return (
    <div>
      <Refusal problem={refusal} />
      <button type="button" disabled={!awake || busy} onClick={() => void act({ member })}>
        {t("membership.people.confirm", { name })}
      </button>
    </div>
  );
}

function Give({ person: { id, name, roles } }: { readonly person: Person }) {
  const t = useT();
  const awake = useAwake();
  const open = given.filter((role) => !roles.includes(role));
  const [chosen, setChosen] = useState<Given>(given[0]);
  const { act, busy, refusal } = useAct(giveRole);
  const role = open.includes(chosen) ? chosen : open[0];
  if (!role) return undefined;
  return (
    <form
      className="form"
      onSubmit={(event) => {
        event.preventDefault();
        if (!busy) void act({ person: id, role });
      }}
    >
      <fieldset disabled={!awake}>
        <Pick
          label={t("membership.people.role", { name })}
          name="role"
          value={role}
          change={setChosen}
          options={open.map((each) => ({ value: each, says: t(`membership.role.${each}`) }))}
          hint={t(`membership.role.${role}.may`)}
        />
      </fieldset>
      <Refusal problem={refusal} />
      <p className="acts">
        <button type="submit" className="quiet" disabled={!awake || busy} aria-label={t("membership.people.giveTo", { name })}>
          {t("membership.people.give")}
        </button>
      </p>
    </form>
  );
}
