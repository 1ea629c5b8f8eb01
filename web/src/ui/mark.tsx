// The coop's mark: a square whose corner is the common share.
import { Hatch } from "./hatch.tsx";

export function Mark() {
  return (
    <span className="mark" aria-hidden="true">
      <Hatch />
    </span>
  );
}
