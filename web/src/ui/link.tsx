// A link to another page of the coop, in the reader's language.
import { Link as RouterLink } from "@tanstack/react-router";
import type { ReactNode } from "react";
import { useSpeech } from "../platform/i18n.tsx";

export function Link({
  to,
  children,
  className,
}: {
  readonly to: `/${string}`;
  readonly children?: ReactNode;
  readonly className?: string;
}) {
  const { language } = useSpeech();
  return (
    <RouterLink
      to={`/${language}${to === "/" ? "" : to}` as "/"}
      activeOptions={{ exact: to === "/" }}
      {...(className ? { className } : {})}
    >
      {children}
    </RouterLink>
  );
}
