// Whether the page's script runs yet. What is typed into a rendered form before that would be lost, so forms wait for it.
import { useSyncExternalStore } from "react";

const never = () => () => undefined;

/** False on the server and until React has taken the page over. */
export const useAwake = (): boolean =>
  useSyncExternalStore(
    never,
    () => true,
    () => false,
  );
