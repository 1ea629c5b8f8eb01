// The two buttons of passkeys: one makes one for the signed-in person, one opens the door with one.
import { useState } from "react";
import { addPasskey, askForPasskey, askToAddPasskey, openSessionByPasskey } from "@partcommune/shared/membership/api/passkeys";
import { useAct } from "../../platform/call.tsx";
import { useT } from "../../platform/i18n.tsx";
import { askPasskey, makePasskey } from "../../platform/passkey.ts";
import { useAwake } from "../../ui/awake.ts";
import { Refusal } from "../../ui/refusal.tsx";

/** `undefined` when the person closed the browser's dialogue. */
const given = <T,>(answer: Promise<T>): Promise<T | undefined> => answer.catch(() => undefined);

type Dialogue = { readonly begin: () => Promise<void>; readonly busy: boolean };

export function AddPasskey() {
  const t = useT();
  const question = useAct(askToAddPasskey);
  const adding = useAct(addPasskey);
  const dialogue = useDialogue(async () => {
    const asked = await question.act({});
    if (!asked) return true;
    const made = await given(makePasskey(asked));
    if (made) await adding.act(made);
    return made !== undefined;
  });
  return (
    <PasskeyButton
      says={t("membership.passkey.add")}
      notGiven={dialogue.closed ? t("membership.passkey.notMade") : undefined}
      refusal={question.refusal ?? adding.refusal}
      {...dialogue}
    />
  );
}

export function UsePasskey() {
  const t = useT();
  const question = useAct(askForPasskey);
  const opening = useAct(openSessionByPasskey);
  const dialogue = useDialogue(async () => {
    const asked = await question.act({});
    if (!asked) return true;
    const answer = await given(askPasskey(asked));
    if (answer) await opening.act(answer);
    return answer !== undefined;
  });
  return (
    <PasskeyButton
      says={t("membership.passkey.use")}
      notGiven={dialogue.closed ? t("membership.passkey.notGiven") : undefined}
      refusal={question.refusal ?? opening.refusal}
      {...dialogue}
    />
  );
}

/** Runs one dialogue at a time; `closed` when the last one ended without a passkey. */
function useDialogue(run: () => Promise<boolean>): Dialogue & { readonly closed: boolean } {
  const [state, setState] = useState({ busy: false, closed: false });
  const begin = async (): Promise<void> => {
    setState({ busy: true, closed: false });
    const answered = await run();
    setState({ busy: false, closed: !answered });
  };
  return { ...state, begin };
}

type ButtonProps = Dialogue & {
  readonly says: string;
  readonly notGiven: string | undefined;
  readonly refusal: ReturnType<typeof useAct>["refusal"];
};

function PasskeyButton({ says, begin, busy, notGiven, refusal }: ButtonProps) {
  const awake = useAwake();
  return (
    <div className="form">
      <Refusal problem={refusal} />
      {notGiven ? <p role="status">{notGiven}</p> : undefined}
      <button type="button" disabled={!awake || busy} onClick={() => void begin()}>
        {says}
      </button>
    </div>
  );
}
