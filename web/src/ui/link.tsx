// A link to another page of the coop, in the reader's language.
import { Link as RouterLink } from "@tanstack/react-router";
import type { ReactNode } from "react";
import { useSpeech } from "../platform/i18n.tsx";

export function Link({
  to,
  search,
  current,
  children,
  className,
}: {
  readonly to: `/${string}`;
  /** What stands after the question mark. */
  readonly search?: Readonly<Record<string, string>>;
  /** Says to everyone that this is the one in force. */
  readonly current?: boolean;
  readonly children?: ReactNode;
  readonly className?: string;
}) {
  const { language } = useSpeech();
  return (
    <RouterLink
      to={`/${language}${to === "/" ? "" : to}` as "/"}
      activeOptions={{ exact: to === "/" }}
      {...(search ? { search: search as Record<string, never>, activeProps: {}, resetScroll: false } : {})}
      {...(className ? { className } : {})}
      {...(current === undefined ? {} : { "aria-current": current })}
    >
      {children}
    </RouterLink>
  );
}
