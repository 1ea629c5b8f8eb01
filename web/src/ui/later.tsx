// A part that only some readers need: it comes once the page is awake, so that a stranger's first load does not carry it.
import { createElement, useEffect, useState, type ComponentType } from "react";

/** Wraps a part that is loaded when it is first shown; until then nothing stands in its place. */
export function later<Props extends object>(load: () => Promise<ComponentType<Props>>): ComponentType<Props> {
  let loaded: ComponentType<Props> | undefined;
  return function Later(props: Props) {
    const [part, show] = useState(() => loaded);
    useEffect(() => {
      let gone = false;
      const come = async (): Promise<void> => {
        loaded = await load();
        if (!gone) show(() => loaded);
      };
      void come();
      return () => void (gone = true);
    }, []);
    return part ? createElement(part, props) : undefined;
  };
}
