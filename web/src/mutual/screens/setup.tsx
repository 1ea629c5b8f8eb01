// The wizard: six questions, one at a time, and the coop stands.
import { Fragment, useState, type ReactNode } from "react";
import { foundCoop } from "@partcommune/shared/governance/api";
import { isBoardSize } from "@partcommune/shared/governance/rules/election";
import { pots, type PerPot, type Pot } from "@partcommune/shared/governance/rules/pots";
import { readCoop } from "@partcommune/shared/platform/api";
import { isDraft } from "@partcommune/shared/platform/packs";
import type { ProblemBody } from "@partcommune/shared/platform/refusal";
import { PasskeyOffer } from "../../membership/parts/passkey-offer.tsx";
import { useAct, useWanted } from "../../platform/call.tsx";
import { useSpeech, useT } from "../../platform/i18n.tsx";
import { useAwake } from "../../ui/awake.ts";
import { Bar } from "../../ui/bar.tsx";
import { faultAt, Refusal } from "../../ui/refusal.tsx";
import { Field, Pick } from "../../ui/field.tsx";
import { Link } from "../../ui/link.tsx";
import { emptyLetterhead, isReady, letterheadAsked, LetterheadFields, type TypedLetterhead } from "../parts/letterhead.tsx";
import { emptyOpening, Opening, openingAsked } from "../parts/opening.tsx";

/** The countries with a rule book of their own here, their money and their usual clock. */
const countries = {
  BE: { currency: "EUR", zone: "Europe/Brussels" },
  FR: { currency: "EUR", zone: "Europe/Paris" },
  NL: { currency: "EUR", zone: "Europe/Amsterdam" },
  DE: { currency: "EUR", zone: "Europe/Berlin" },
  ES: { currency: "EUR", zone: "Europe/Madrid" },
  IT: { currency: "EUR", zone: "Europe/Rome" },
  SE: { currency: "SEK", zone: "Europe/Stockholm" },
  AT: { currency: "EUR", zone: "Europe/Vienna" },
  HU: { currency: "HUF", zone: "Europe/Budapest" },
} as const;
type Country = keyof typeof countries;

const foundingSplit: PerPot<string> = { guarantee: "40", insurance: "20", coaching: "10", advances: "10", reserve: "20", running: "0" };
const steps = ["coop", "letterhead", "fee", "split", "opening", "person"] as const;

const perPot = <Value,>(of: (pot: Pot) => Value): Record<Pot, Value> =>
  Object.fromEntries(pots.map((pot) => [pot, of(pot)])) as Record<Pot, Value>;

/** "8,5" or "8.5" percent as parts per million; undefined for anything else. */
function ppmFrom(percent: string): number | undefined {
  const found = /^(\d{1,3})(?:[.,](\d{1,4}))?$/.exec(percent.trim());
  return found ? Number(found[1]) * 10_000 + Number((found[2] ?? "").padEnd(4, "0")) : undefined;
}

export function Setup() {
  const t = useT();
  const { founded } = useWanted(readCoop, {});
  const { language } = useSpeech();
  const [step, setStep] = useState(0);
  const [coop, setCoop] = useState({ name: "", country: (language === "fr" ? "FR" : "BE") as Country });
  const [letterhead, setLetterhead] = useState(emptyLetterhead);
  const [rate, setRate] = useState(language === "fr" ? "8,5" : "8.5");
  const [split, setSplit] = useState(foundingSplit);
  const [opening, setOpening] = useState(emptyOpening);
  const [seats, setSeats] = useState("7");
  const [founder, setFounder] = useState({ name: "", email: "" });
  const awake = useAwake();
  const { act, busy, told, refusal } = useAct(foundCoop);
  if (told) return <Founded name={told.name} />;
  if (founded) return <Already />;
  const total = pots.reduce((sum, pot) => sum + (ppmFrom(split[pot]) ?? Number.NaN), 0);
  const { currency } = countries[coop.country];
  const planned = openingAsked(opening, currency);
  const fundSplit = perPot((pot) => ppmFrom(split[pot]) ?? 0);
  const ready = [
    coop.name.trim() !== "",
    isReady(letterhead),
    ppmFrom(rate) !== undefined,
    total === 1_000_000,
    planned !== undefined,
    founder.name.trim() !== "" && founder.email.includes("@") && isBoardSize(Number(seats)),
  ][step];
  const found = (): void => {
    const languages = language === "fr" ? (["fr", "en"] as const) : (["en", "fr"] as const);
    void act({
      ...coop,
      ...countries[coop.country],
      languages: [...languages],
      passwords: false,
      letterhead: letterheadAsked(letterhead),
      feeRate: ppmFrom(rate) ?? 0,
      fundSplit,
      boardSeats: Number(seats),
      ...(planned ? { opening: planned } : {}),
      founder,
    });
  };
  const bigSplit = perPot((pot) => BigInt(fundSplit[pot]));
  const chosen = { country: coop.country, currency, feeRate: BigInt(ppmFrom(rate) ?? 0), fundSplit: bigSplit };
  const screens = [
    <CoopStep key="coop" coop={coop} change={setCoop} fault={faultAt(refusal, "/name")} />,
    <LetterheadStep key="letterhead" letterhead={letterhead} change={setLetterhead} refusal={refusal} />,
    <FeeStep key="fee" rate={rate} change={setRate} fault={faultAt(refusal, "/feeRate")} />,
    <SplitStep key="split" split={split} change={setSplit} total={total} fault={faultAt(refusal, "/fundSplit")} />,
    <Opening key="opening" typed={opening} change={setOpening} chosen={chosen} />,
    <Fragment key="person">
      <PersonStep founder={founder} change={setFounder} fault={faultAt(refusal, "/founder/email")} />
      <BoardField seats={seats} change={setSeats} fault={faultAt(refusal, "/boardSeats")} />
    </Fragment>,
  ];
  return (
    <form
      className="sheet wizard"
      onSubmit={(event) => {
        event.preventDefault();
        if (!ready) return;
        if (step < steps.length - 1) setStep(step + 1);
        else found();
      }}
    >
      <p className="steps">{t("governance.setup.step", { step: step + 1, of: steps.length })}</p>
      <ol className="parts">
        {steps.map((part, at) => (
          <li key={part} aria-current={at === step ? "step" : undefined}>
            {t(`governance.setup.part.${part}`)}
          </li>
        ))}
      </ol>
      <fieldset disabled={!awake}>{screens[step]}</fieldset>
      <Refusal problem={refusal} />
      <p className="acts">
        {step > 0 ? (
          <button type="button" className="quiet" onClick={() => setStep(step - 1)}>
            {t("platform.back")}
          </button>
        ) : undefined}
        <button type="submit" disabled={!ready || busy}>
          {step < steps.length - 1 ? t("governance.setup.next") : t("governance.setup.found")}
        </button>
      </p>
    </form>
  );
}

type Part<Value> = { readonly change: (value: Value) => void; readonly fault: string | undefined };

function CoopStep({
  coop,
  change,
  fault,
}: Part<{ name: string; country: Country }> & { readonly coop: { readonly name: string; readonly country: Country } }) {
  const t = useT();
  const { language } = useSpeech();
  const names = new Intl.DisplayNames(language, { type: "region" });
  const options = (Object.keys(countries) as Country[]).map((code) => ({ value: code, says: names.of(code) ?? code }));
  return (
    <>
      <h1>{t("governance.setup.coop")}</h1>
      <p>{t("governance.setup.coop.says")}</p>
      <Field label={t("governance.setup.name")} name="name" value={coop.name} change={(name) => change({ ...coop, name })} fault={fault} />
      <Pick
        label={t("governance.setup.country")}
        name="country"
        value={coop.country}
        change={(country) => change({ ...coop, country })}
        options={options}
        hint={isDraft({ country: coop.country }) ? t("governance.setup.country.draft") : t("governance.setup.country.hint")}
      />
    </>
  );
}

type LetterheadProps = {
  readonly letterhead: TypedLetterhead;
  readonly change: (letterhead: TypedLetterhead) => void;
  readonly refusal: ProblemBody | undefined;
};

function LetterheadStep({ letterhead, change, refusal }: LetterheadProps) {
  const t = useT();
  return (
    <>
      <h1>{t("governance.setup.letterhead")}</h1>
      <p>{t("governance.setup.letterhead.says")}</p>
      <LetterheadFields letterhead={letterhead} change={change} refusal={refusal} at="/letterhead" />
    </>
  );
}

function FeeStep({ rate, change, fault }: Part<string> & { readonly rate: string }) {
  const t = useT();
  return (
    <>
      <h1>{t("governance.setup.fee")}</h1>
      <p>{t("governance.setup.fee.says")}</p>
      <Field
        label={t("governance.setup.rate")}
        name="rate"
        mode="decimal"
        value={rate}
        change={change}
        hint={t("governance.setup.rate.hint")}
        fault={fault}
      />
    </>
  );
}

function SplitStep({ split, change, total, fault }: Part<PerPot<string>> & { readonly split: PerPot<string>; readonly total: number }) {
  const t = useT();
  const sum = Number.isNaN(total) ? "?" : `${total / 10_000}`;
  return (
    <>
      <h1>{t("governance.setup.split")}</h1>
      <p>{t("governance.setup.split.says")}</p>
      <Bar
        says={t("governance.setup.split.bar")}
        slices={pots.map((pot) => ({ key: pot, parts: ppmFrom(split[pot]) ?? 0, as: "common" }))}
      />
      <div className="beside">
        {pots.map((pot) => (
          <Field
            key={pot}
            label={t(`governance.pot.${pot}`)}
            name={pot}
            mode="decimal"
            value={split[pot]}
            change={(value) => change({ ...split, [pot]: value })}
            hint={t(`governance.pot.${pot}.pays`)}
          />
        ))}
      </div>
      <p role="status" className={total === 1_000_000 ? "hint" : "fault"}>
        {fault ?? t("governance.setup.sum", { sum })}
      </p>
    </>
  );
}

type Founder = { readonly name: string; readonly email: string };

function PersonStep({ founder, change, fault }: Part<Founder> & { readonly founder: Founder }) {
  const t = useT();
  return (
    <>
      <h1>{t("governance.setup.person")}</h1>
      <p>{t("governance.setup.person.says")}</p>
      <Field
        label={t("governance.setup.person.name")}
        name="person"
        complete="name"
        value={founder.name}
        change={(name) => change({ ...founder, name })}
      />
      <Field
        label={t("governance.setup.person.email")}
        name="email"
        type="email"
        complete="email"
        value={founder.email}
        change={(email) => change({ ...founder, email })}
        fault={fault}
      />
    </>
  );
}

/** How many seats the members will fill. */
function BoardField({ seats, change, fault }: Part<string> & { readonly seats: string }) {
  const t = useT();
  return (
    <Field
      label={t("governance.setup.board")}
      hint={t("governance.setup.board.says")}
      name="board"
      mode="numeric"
      value={seats}
      change={change}
      fault={fault}
    />
  );
}

const Founded = ({ name }: { readonly name: string }): ReactNode => <Done title="governance.setup.done" name={name} />;
const Already = (): ReactNode => <Done title="governance.setup.already" name="" />;

function Done({ title, name }: { readonly title: "governance.setup.done" | "governance.setup.already"; readonly name: string }) {
  const t = useT();
  return (
    <section className="sheet">
      <h1>{t(title, { name })}</h1>
      <p>{t("governance.setup.done.says")}</p>
      <PasskeyOffer />
      <p className="acts">
        <Link to="/" className="button quiet">
          {t("governance.setup.done.home")}
        </Link>
        <Link to="/bylaws">{t("platform.nav.bylaws")}</Link>
      </p>
    </section>
  );
}
