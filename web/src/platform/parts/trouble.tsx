// The pages for what is not there and for what went wrong.
import { readSession } from "@partcommune/shared/platform/api";
import { useLocation } from "@tanstack/react-router";
import { problemOf, useWanted } from "../call.tsx";
import { useT } from "../i18n.tsx";
import { Link } from "../../ui/link.tsx";

/** For a visitor the way in stands beside it: the page may be there for whoever signs in, and opens again afterwards. */
export function Absent() {
  const t = useT();
  const { person, left } = useWanted(readSession, {});
  const here = useLocation({ select: ({ href }) => href });
  return (
    <section className="sheet">
      <h1>{t(left ? "platform.left.title" : "platform.absent.title")}</h1>
      <p>{t(left ? "platform.left.says" : "platform.absent.says")}</p>
      {person ? undefined : (
        <p>
          <Link to="/sign-in" search={{ next: here }}>
            {t(left ? "platform.left.again" : "platform.absent.signIn")}
          </Link>
        </p>
      )}
      <Link to="/">{t("platform.absent.home")}</Link>
    </section>
  );
}

export function Failed({ error }: { readonly error: unknown }) {
  const t = useT();
  const code = problemOf(error)?.instance ?? "";
  return (
    <section className="sheet">
      <h1>{t("platform.failed.title")}</h1>
      <p>{t("platform.failed.says")}</p>
      {code ? <p className="code">{code}</p> : undefined}
      <Link to="/">{t("platform.absent.home")}</Link>
    </section>
  );
}
