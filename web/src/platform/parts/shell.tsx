// The frame of every page: whose coop this is, where one can go, and in which language.
import { languages } from "@partcommune/shared/platform/page";
import { readCoop, readSession } from "@partcommune/shared/platform/api";
import type { ToldOf } from "@partcommune/shared/platform/endpoint";
import { useLocation, useRouter } from "@tanstack/react-router";
import { useEffect, type ReactNode } from "react";
import { useAwake } from "../../ui/awake.ts";
import { Link } from "../../ui/link.tsx";
import { SignInBeside } from "../../ui/sign-in-beside.tsx";
import { Mark } from "../../ui/mark.tsx";
import { useSpeech, useT } from "../i18n.tsx";
import { useLeft, useWanted } from "../call.tsx";
import { schemes, useScheme } from "../theme.tsx";
import { Bell } from "./bell.tsx";
import { hasPapers, isMember } from "./is-member.ts";

export function Shell({ children }: { readonly children: ReactNode }) {
  const t = useT();
  const { name, founded, demo } = useWanted(readCoop, {});
  const { person } = useWanted(readSession, {});
  const left = useLeft();
  useFocusOnHeading();
  return (
    <>
      <a className="skip" href="#main">
        {t("platform.skip")}
      </a>
      {person && left ? <Left /> : undefined}
      {demo ? (
        <aside className="banner">
          {t("platform.demo")} <Link to="/demo">{t("platform.demo.enter")}</Link>
        </aside>
      ) : undefined}
      <header className="top">
        <Link to="/" className="coop">
          <Mark /> {name}
        </Link>
        <nav aria-label={t("platform.nav")}>
          {founded ? (
            <>
              <Link to="/jobs">{t("platform.nav.jobs")}</Link>
              <Link to="/members">{t("platform.nav.members")}</Link>
              <Link to="/fund">{t("platform.nav.fund")}</Link>
              <Link to="/proposals">{t("platform.nav.proposals")}</Link>
              <Link to="/bylaws">{t("platform.nav.bylaws")}</Link>
              <Link to="/gatherings">{t("platform.nav.gatherings")}</Link>
              <Link to="/sign-in">{person?.name ?? t("platform.nav.signIn")}</Link>
            </>
          ) : (
            <Link to="/setup">{t("platform.nav.setup")}</Link>
          )}
        </nav>
        {person ? <Places person={person} /> : undefined}
      </header>
      <main id="main" tabIndex={-1}>
        {children}
      </main>
      <footer className="foot">
        <p>
          {founded ? t("platform.foot", { name }) : t("platform.foot.unfounded")}{" "}
          {founded ? <Link to="/sisters">{t("platform.nav.sisters")}</Link> : undefined}
        </p>
        <Languages />
        <Schemes />
      </footer>
    </>
  );
}

/** Above a page whose session ran out while it stood open. Signing in happens beside it, so that what was typed stays. */
function Left() {
  const t = useT();
  return (
    <aside className="banner">
      <span role="status">{t("platform.left.open")}</span> <SignInBeside />
    </aside>
  );
}

type Person = NonNullable<ToldOf<typeof readSession>["person"]>;

/** The way to everything that is theirs, by what they are here. */
function Places({ person: { id, roles, stage, buysFor } }: { readonly person: Person }) {
  const t = useT();
  const [member, papers] = [isMember(stage), hasPapers(stage)];
  const holds = (...wanted: readonly Person["roles"][number][]): boolean => wanted.some((role) => roles.includes(role));
  const places: readonly (readonly [`/${string}`, string, boolean])[] = [
    ["/my/engagements", t("platform.place.engagements"), papers || buysFor.length > 0],
    ["/my/money", t("platform.place.money"), papers],
    ["/my/votes", t("platform.place.votes"), member],
    ["/my/searches", t("platform.place.searches"), true],
    ["/my/profile", t("platform.place.profile"), member],
    ["/client/jobs", t("platform.place.jobs"), buysFor.length > 0],
    ["/client/invoices", t("platform.place.invoices"), buysFor.length > 0],
    ["/desk/engagements", t("platform.place.adviser"), holds("adviser")],
    ["/desk/treasury", t("platform.place.treasury"), holds("treasurer", "accountant")],
    ["/desk/portfolio", t("platform.place.portfolio"), holds("adviser")],
    ["/desk/review", t("platform.place.review"), holds("adviser", "board")],
    ["/desk/members", t("platform.place.members"), holds("board")],
    ["/desk/people", t("platform.place.people"), holds("board")],
    ["/desk/branches", t("platform.place.branches"), holds("board")],
    ["/desk/papers", t("platform.place.papers"), holds("board")],
    ["/desk/operator", t("platform.place.operator"), holds("operator")],
  ];
  const theirs = places.filter(([, , shown]) => shown);
  return (
    <nav aria-label={t("platform.places")} className="places">
      {theirs.map(([to, says]) => (
        <Link key={to} to={to}>
          {says}
        </Link>
      ))}
      <Bell person={id} />
    </nav>
  );
}

/** The same page in the other languages. */
function Languages() {
  const { language } = useSpeech();
  const t = useT();
  const path = useLocation({ select: ({ pathname, searchStr }) => pathname.replace(/^\/[a-z]{2}(?=\/|$)/, "") + searchStr });
  return (
    <nav aria-label={t("platform.languages")} className="row">
      {languages.map((other) => (
        <a key={other} href={`/${other}${path}`} lang={other} hrefLang={other} aria-current={other === language ? "true" : undefined}>
          {new Intl.DisplayNames(other, { type: "language" }).of(other)}
        </a>
      ))}
    </nav>
  );
}

function Schemes() {
  const t = useT();
  const awake = useAwake();
  const [scheme, choose] = useScheme();
  const named = { system: t("platform.scheme.system"), day: t("platform.scheme.day"), night: t("platform.scheme.night") };
  return (
    <label className="row">
      {t("platform.scheme")}
      <select value={scheme} disabled={!awake} onChange={({ target }) => choose(schemes.find((each) => each === target.value) ?? "system")}>
        {schemes.map((each) => (
          <option key={each} value={each}>
            {named[each]}
          </option>
        ))}
      </select>
    </label>
  );
}

/**
 * After a step to another page the heading has focus, so that a screen reader begins where the page begins.
 * Only once the new page stands: the address changes before, while the old heading is still there to be focused and lost.
 */
function useFocusOnHeading(): void {
  const router = useRouter();
  useEffect(
    () =>
      router.subscribe("onRendered", ({ fromLocation, pathChanged }) => {
        if (!fromLocation || !pathChanged) return;
        const heading = document.querySelector("h1");
        heading?.setAttribute("tabindex", "-1");
        heading?.focus();
      }),
    [router],
  );
}
