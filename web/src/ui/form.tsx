// A form with one act: its button says what it does, and a no stands right above it.
import type { ReactNode } from "react";
import type { ProblemBody } from "@partcommune/shared/platform/refusal";
import { useT } from "../platform/i18n.tsx";
import { useAwake } from "./awake.ts";
import { Refusal } from "./refusal.tsx";

type FormProps = {
  readonly act: () => Promise<void> | void;
  readonly says: string;
  readonly busy: boolean;
  readonly ready: boolean;
  readonly refusal: ProblemBody | undefined;
  readonly back?: (() => void) | undefined;
  readonly children?: ReactNode;
};

export function Form({ act, says, busy, ready, refusal, back, children }: FormProps) {
  const t = useT();
  const awake = useAwake();
  return (
    <form
      className="form"
      onSubmit={(event) => {
        event.preventDefault();
        if (ready && !busy) void act();
      }}
    >
      {children ? <fieldset disabled={!awake}>{children}</fieldset> : undefined}
      <Refusal problem={refusal} />
      <p className="acts">
        {back ? (
          <button type="button" className="quiet" onClick={back}>
            {t("platform.back")}
          </button>
        ) : undefined}
        <button type="submit" disabled={!awake || !ready || busy}>
          {says}
        </button>
      </p>
    </form>
  );
}
