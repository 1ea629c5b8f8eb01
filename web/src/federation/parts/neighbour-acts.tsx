// What an officer can do about reading a coop's board: follow it, leave it, knock again.
import { askNeighbour, followNeighbour, leaveNeighbour, type listNeighbours } from "@partcommune/shared/federation/api";
import type { ToldOf } from "@partcommune/shared/platform/endpoint";
import { useAct } from "../../platform/call.tsx";
import { useT } from "../../platform/i18n.tsx";
import { Form } from "../../ui/form.tsx";
import { Refusal } from "../../ui/refusal.tsx";

export type Neighbour = ToldOf<typeof listNeighbours>["items"][number];

export function NeighbourActs({
  neighbour: { id, origin, name, state },
}: {
  readonly neighbour: Pick<Neighbour, "id" | "origin" | "name" | "state">;
}) {
  const t = useT();
  const follow = useAct(followNeighbour);
  const leave = useAct(leaveNeighbour);
  const again = useAct(askNeighbour);
  const named = { name: name ?? new URL(origin).host };
  if (state === "found" || state === "left" || state === "refused")
    return (
      <Form
        act={async () => void (await follow.act({ neighbour: id }))}
        says={t("federation.follow", named)}
        busy={follow.busy}
        ready
        refusal={follow.refusal}
      >
        <p>{t("federation.follow.says", named)}</p>
      </Form>
    );
  if (state === "waiting" || state === "followed")
    return (
      <>
        <Refusal problem={leave.refusal} />
        <button type="button" className="faint" disabled={leave.busy} onClick={() => void leave.act({ neighbour: id })}>
          {t("federation.leave", named)}
        </button>
      </>
    );
  if (state === "unreachable")
    return (
      <Form
        act={async () => void (await again.act({ address: origin }))}
        says={t("federation.again")}
        busy={again.busy}
        ready
        refusal={again.refusal}
      />
    );
  return undefined;
}
