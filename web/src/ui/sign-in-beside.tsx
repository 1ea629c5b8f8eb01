// The way back in from a page that holds something typed: signing in opens beside it, and the page goes on where it stood.
import { useSpeech, useT } from "../platform/i18n.tsx";

export function SignInBeside() {
  const t = useT();
  const { language } = useSpeech();
  return (
    <a href={`/${language}/sign-in`} target="_blank" rel="noopener">
      {t("platform.left.beside")}
    </a>
  );
}
