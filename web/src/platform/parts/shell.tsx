// The frame of every page: whose coop this is, where one can go, and in which language.
import { languages } from "@partcommune/shared/platform/page";
import { readCoop, readSession } from "@partcommune/shared/platform/api";
import { useLocation } from "@tanstack/react-router";
import { useEffect, useRef, type ReactNode } from "react";
import { Link } from "../../ui/link.tsx";
import { Mark } from "../../ui/mark.tsx";
import { useSpeech, useT } from "../i18n.tsx";
import { useWanted } from "../call.tsx";
import { schemes, useScheme } from "../theme.tsx";

export function Shell({ children }: { readonly children: ReactNode }) {
  const t = useT();
  const { name, founded } = useWanted(readCoop, {});
  const { person } = useWanted(readSession, {});
  useFocusOnHeading();
  return (
    <>
      <a className="skip" href="#main">
        {t("platform.skip")}
      </a>
      <header className="top">
        <Link to="/" className="coop">
          <Mark /> {name}
        </Link>
        <nav aria-label={t("platform.nav")}>
          {founded ? (
            <>
              <Link to="/jobs">{t("platform.nav.jobs")}</Link>
              <Link to="/fund">{t("platform.nav.fund")}</Link>
              <Link to="/bylaws">{t("platform.nav.bylaws")}</Link>
              <Link to="/sign-in">{person?.name ?? t("platform.nav.signIn")}</Link>
            </>
          ) : (
            <Link to="/setup">{t("platform.nav.setup")}</Link>
          )}
        </nav>
      </header>
      <main id="main" tabIndex={-1}>
        {children}
      </main>
      <footer className="foot">
        <p>{t("platform.foot", { name })}</p>
        <Languages />
        <Schemes />
      </footer>
    </>
  );
}

/** The same page in the other languages. */
function Languages() {
  const { language } = useSpeech();
  const t = useT();
  const path = useLocation({ select: ({ pathname }) => pathname.replace(/^\/[a-z]{2}(?=\/|$)/, "") });
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
  const [scheme, choose] = useScheme();
  const named = { system: t("platform.scheme.system"), day: t("platform.scheme.day"), night: t("platform.scheme.night") };
  return (
    <label className="row">
      {t("platform.scheme")}
      <select value={scheme} onChange={({ target }) => choose(schemes.find((each) => each === target.value) ?? "system")}>
        {schemes.map((each) => (
          <option key={each} value={each}>
            {named[each]}
          </option>
        ))}
      </select>
    </label>
  );
}

/** After a step to another page the heading has focus, so that a screen reader begins where the page begins. */
function useFocusOnHeading(): void {
  const path = useLocation({ select: ({ pathname }) => pathname });
  const first = useRef(true);
  useEffect(() => {
    if (first.current) return void (first.current = false);
    const heading = document.querySelector("h1");
    heading?.setAttribute("tabindex", "-1");
    heading?.focus();
  }, [path]);
}
