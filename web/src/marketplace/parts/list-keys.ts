// Keys of a list, heard only while something in its part of the page has focus: "/" goes to the words, J and K from job to job.
import { useEffect, type RefObject } from "react";

const isTyping = (target: EventTarget | null): boolean => target instanceof HTMLElement && target.matches("input, textarea, select");

export function useListKeys(part: RefObject<HTMLElement | null>): void {
  useEffect(() => {
    const element = part.current;
    const heard = (event: KeyboardEvent): void => {
      if (!element || isTyping(event.target) || event.ctrlKey || event.metaKey || event.altKey) return;
      const titles = [...element.querySelectorAll<HTMLElement>(".jobCard h2 a")];
      const at = titles.findIndex((title) => title === document.activeElement);
      const towards = { "/": element.querySelector<HTMLElement>("#q"), j: titles[at + 1], k: titles[Math.max(0, at - 1)] }[
        event.key.toLowerCase()
      ];
      if (!towards) return;
      event.preventDefault();
      towards.focus();
    };
    element?.addEventListener("keydown", heard);
    return () => element?.removeEventListener("keydown", heard);
  }, [part]);
}
