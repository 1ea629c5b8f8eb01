// The author of a proposal takes up what another version of it asks.
import { mergeProposal } from "@partcommune/shared/governance/api";
import { useAct } from "../../platform/call.tsx";
import { useT } from "../../platform/i18n.tsx";
import { Form } from "../../ui/form.tsx";
import { Link } from "../../ui/link.tsx";
import { Unfold } from "../../ui/unfold.tsx";
import type { ProposalTold } from "../screens/proposal.tsx";

type Part = { readonly proposal: ProposalTold };
type Version = ProposalTold["rivals"][number];

/** Versions that were written to this one and are not fixed yet, for its author. */
export function Merging({ proposal }: Part) {
  const t = useT();
  const open = proposal.rivals.filter(({ amends, state }) => amends === proposal.id && (state === "idea" || state === "deliberation"));
  if (open.length === 0) return undefined;
  return (
    <Unfold says={t("votes.merge")}>
      <p>{t("votes.merge.says")}</p>
      {open.map((version) => (
        <Merge key={version.id} proposal={proposal} version={version} />
      ))}
    </Unfold>
  );
}

function Merge({ proposal: { id: proposal, version }, version: other }: Part & { readonly version: Version }) {
  const t = useT();
  const { act, busy, refusal } = useAct(mergeProposal);
  const merge = async (): Promise<void> => void (await act({ proposal, version, other: other.id, otherVersion: other.version }));
  return (
    <Form act={merge} says={t("votes.merge.send")} busy={busy} ready refusal={refusal}>
      <p>
        <Link to={`/proposals/${other.id}`}>{other.title}</Link>
      </p>
    </Form>
  );
}
