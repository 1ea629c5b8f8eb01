// The board's page of branches: the coop as a tree, each branch with its name, what is opened under it, and its end.
import { useState } from "react";
import { closeBranch, listBranches, openBranch, renameBranch, setBranchRegion } from "@partcommune/shared/membership/api/branches";
import type { ToldOf } from "@partcommune/shared/platform/endpoint";
import { useAct, useWanted } from "../../platform/call.tsx";
import { useSpeech, useT } from "../../platform/i18n.tsx";
import { Field } from "../../ui/field.tsx";
import { Form } from "../../ui/form.tsx";
import { faultAt } from "../../ui/refusal.tsx";
import { Unfold } from "../../ui/unfold.tsx";
import { Day } from "../../ui/when.tsx";
import { Country } from "../parts/country.tsx";
import { Region, useHasRegions, useRegionName } from "../parts/region.tsx";

type Branch = ToldOf<typeof listBranches>["items"][number];

export function Branches() {
  const t = useT();
  const { items } = useWanted(listBranches, {}, "desk:branches");
  return (
    <section>
      <h1>{t("membership.branches.title")}</h1>
      <p className="lead">{t("membership.branches.lead")}</p>
      <Under all={items} parent={undefined} />
      <Closed branches={items.filter(({ closedOn }) => closedOn)} />
    </section>
  );
}

/** The open branches under one, each with its own under it. */
function Under({ all, parent }: { readonly all: readonly Branch[]; readonly parent: string | undefined }) {
  const here = all.filter((branch) => branch.parent === parent && !branch.closedOn);
  if (here.length === 0) return undefined;
  return (
    <ul className="tree">
      {here.map((branch) => (
        <li key={branch.id}>
          <One branch={branch} />
          <Under all={all} parent={branch.id} />
        </li>
      ))}
    </ul>
  );
}

function One({ branch }: { readonly branch: Branch }) {
  const t = useT();
  const { language } = useSpeech();
  const { name, country, openedOn, members } = branch;
  const region = useRegionName(country, branch.region);
  const hasRegions = useHasRegions(country);
  return (
    <article className="branch">
      <h2>{name}</h2>
      <p>
        {new Intl.DisplayNames(language, { type: "region" }).of(country)}
        {region ? `, ${region}` : ""} · {t("membership.branches.members", { count: members })} · {t("membership.branches.since")}{" "}
        <Day on={openedOn} />
      </p>
      <Unfold says={t("membership.branches.open.in", { name })}>
        <Open parent={branch} />
      </Unfold>
      <Unfold says={t("membership.branches.rename.of", { name })}>
        <Rename branch={branch} />
      </Unfold>
      {hasRegions ? (
        <Unfold says={t("membership.branches.region.of", { name })}>
          <Rest branch={branch} />
        </Unfold>
      ) : undefined}
      {branch.parent ? (
        <Unfold says={t("membership.branches.close.of", { name })}>
          <Close branch={branch.id} />
        </Unfold>
      ) : undefined}
    </article>
  );
}

function Open({ parent }: { readonly parent: Branch }) {
  const t = useT();
  const [name, setName] = useState("");
  const [country, setCountry] = useState(parent.country);
  const [region, setRegion] = useState("");
  const { act, busy, refusal } = useAct(openBranch);
  const open = async (): Promise<void> => {
    if (await act({ parent: parent.id, name, country, ...(region === "" ? {} : { region }) })) setName("");
  };
  const settle = (chosen: string): void => {
    setCountry(chosen);
    setRegion("");
  };
  return (
    <Form act={open} says={t("membership.branches.open")} busy={busy} ready={name.trim() !== ""} refusal={refusal}>
      <Field label={t("membership.branches.name")} name="name" value={name} change={setName} fault={faultAt(refusal, "/name")} />
      <Country label={t("membership.client.country")} value={country} change={settle} />
      <Region country={country} value={region} change={setRegion} fault={faultAt(refusal, "/region")} />
    </Form>
  );
}

function Rename({ branch }: { readonly branch: Branch }) {
  const t = useT();
  const [name, setName] = useState(branch.name);
  const { act, busy, refusal } = useAct(renameBranch);
  return (
    <Form
      act={async () => void (await act({ branch: branch.id, name }))}
      says={t("membership.branches.rename")}
      busy={busy}
      ready={name.trim() !== "" && name !== branch.name}
      refusal={refusal}
    >
      <Field label={t("membership.branches.newName")} name="name" value={name} change={setName} fault={faultAt(refusal, "/name")} />
    </Form>
  );
}

function Rest({ branch: { id, country, region = "" } }: { readonly branch: Branch }) {
  const t = useT();
  const [chosen, setChosen] = useState(region);
  const { act, busy, refusal } = useAct(setBranchRegion);
  return (
    <Form
      act={async () => void (await act({ branch: id, ...(chosen === "" ? {} : { region: chosen }) }))}
      says={t("membership.branches.region.set")}
      busy={busy}
      ready={chosen !== region}
      refusal={refusal}
    >
      <Region country={country} value={chosen} change={setChosen} fault={faultAt(refusal, "/region")} />
    </Form>
  );
}

function Close({ branch }: { readonly branch: string }) {
  const t = useT();
  const { act, busy, refusal } = useAct(closeBranch);
  return (
    <Form act={async () => void (await act({ branch }))} says={t("membership.branches.close")} busy={busy} ready refusal={refusal}>
      <p>{t("membership.branches.close.says")}</p>
    </Form>
  );
}

/** Closed branches stay told: members were in them. */
function Closed({ branches }: { readonly branches: readonly Branch[] }) {
  const t = useT();
  if (branches.length === 0) return undefined;
  return (
    <>
      <h2>{t("membership.branches.closed")}</h2>
      <ul className="rows">
        {branches.map(({ id, name, openedOn, closedOn }) => (
          <li key={id}>
            <span>{name}</span>
            <span>
              <Day on={openedOn} /> – <Day on={closedOn ?? openedOn} />
            </span>
          </li>
        ))}
      </ul>
    </>
  );
}
