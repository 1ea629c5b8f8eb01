// The pages for what is not there and for what went wrong.
import { problemOf } from "../call.tsx";
import { useT } from "../i18n.tsx";
import { Link } from "../../ui/link.tsx";

export function Absent() {
  const t = useT();
  return (
    <section className="sheet">
      <h1>{t("platform.absent.title")}</h1>
      <p>{t("platform.absent.says")}</p>
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
