// Fields of forms: label above, what to know below, the fault beside the field it is about.
import { useEffect, useId, useRef, type ReactNode, type RefObject } from "react";

type Base = { readonly label: string; readonly name: string; readonly hint?: string; readonly fault?: string | undefined };

type Typed = Base & { readonly value: string; readonly change: (value: string) => void };

/** What stands in a rendered field before the script runs is the person's: it is taken over instead of being wiped at the next letter. */
function useTypedBefore<Node extends { readonly value: string }>(value: string, change: (value: string) => void): RefObject<Node | null> {
  const node = useRef<Node>(null);
  const awoken = useRef({ value, change });
  useEffect(() => {
    const typed = node.current?.value ?? "";
    if (typed !== awoken.current.value) awoken.current.change(typed);
  }, []);
  return node;
}

export function Field({
  label,
  name,
  hint,
  fault,
  value,
  change,
  type = "text",
  complete,
  mode,
}: Base & {
  readonly value: string;
  readonly change: (value: string) => void;
  readonly type?: "text" | "email" | "password" | "time";
  readonly complete?: string;
  readonly mode?: "decimal" | "numeric";
}) {
  const id = useId();
  const node = useTypedBefore<HTMLInputElement>(value, change);
  return (
    <Labelled id={id} label={label} hint={hint} fault={fault}>
      <input
        ref={node}
        id={id}
        name={name}
        type={type}
        value={value}
        autoComplete={complete ?? "off"}
        inputMode={mode}
        onChange={({ target }) => change(target.value)}
        aria-describedby={`${id}-hint`}
        aria-invalid={fault ? true : undefined}
      />
    </Labelled>
  );
}

/** A field of several lines. */
export function LongField({ label, name, hint, fault, value, change, rows = 6 }: Typed & { readonly rows?: number }) {
  const id = useId();
  const node = useTypedBefore<HTMLTextAreaElement>(value, change);
  return (
    <Labelled id={id} label={label} hint={hint} fault={fault}>
      <textarea
        ref={node}
        id={id}
        name={name}
        rows={rows}
        value={value}
        onChange={({ target }) => change(target.value)}
        aria-describedby={`${id}-hint`}
        aria-invalid={fault ? true : undefined}
      />
    </Labelled>
  );
}

/** A day, by the browser's own calendar. */
export function DateField({ label, name, hint, fault, value, change }: Typed) {
  const id = useId();
  const node = useTypedBefore<HTMLInputElement>(value, change);
  return (
    <Labelled id={id} label={label} hint={hint} fault={fault}>
      <input
        ref={node}
        id={id}
        name={name}
        type="date"
        value={value}
        onChange={({ target }) => change(target.value)}
        aria-describedby={`${id}-hint`}
        aria-invalid={fault ? true : undefined}
      />
    </Labelled>
  );
}

export function Pick<Value extends string>({
  label,
  name,
  hint,
  fault,
  value,
  change,
  options,
}: Base & {
  readonly value: Value;
  readonly change: (value: Value) => void;
  readonly options: readonly { readonly value: Value; readonly says: string }[];
}) {
  const id = useId();
  const node = useTypedBefore<HTMLSelectElement>(value, (chosen) => change(chosen as Value));
  return (
    <Labelled id={id} label={label} hint={hint} fault={fault}>
      <select
        ref={node}
        id={id}
        name={name}
        value={value}
        onChange={({ target }) => change(target.value as Value)}
        aria-describedby={`${id}-hint`}
      >
        {options.map((option) => (
          <option key={option.value} value={option.value}>
            {option.says}
          </option>
        ))}
      </select>
    </Labelled>
  );
}

function Labelled({
  id,
  label,
  hint,
  fault,
  children,
}: {
  readonly id: string;
  readonly label: string;
  readonly hint?: string | undefined;
  readonly fault?: string | undefined;
  readonly children: ReactNode;
}) {
  return (
    <div className="field">
      <label htmlFor={id}>{label}</label>
      {children}
      <p id={`${id}-hint`} className={fault ? "fault" : "hint"}>
        {fault ?? hint}
      </p>
    </div>
  );
}

/** A tick box with its words beside it. */
export function Tick({
  label,
  name,
  value,
  change,
}: {
  readonly label: string;
  readonly name: string;
  readonly value: boolean;
  readonly change: (value: boolean) => void;
}) {
  return (
    <label className="tick">
      <input type="checkbox" name={name} checked={value} onChange={({ target }) => change(target.checked)} /> {label}
    </label>
  );
}
