// Whether this device tells its person of news while the coop is closed, and which others do.
import { readPush, subscribePush, unsubscribePush } from "@partcommune/shared/platform/api/push";
import type { ToldOf } from "@partcommune/shared/platform/endpoint";
import { useState } from "react";
import { useAwake } from "../../ui/awake.ts";
import { Refusal } from "../../ui/refusal.tsx";
import { When } from "../../ui/when.tsx";
import { useAct, useWanted } from "../call.tsx";
import { useSpeech, useT } from "../i18n.tsx";
import { forget, standing, subscribe } from "../push.ts";

type Device = ToldOf<typeof readPush>["devices"][number];

export function ThisDevice() {
  const t = useT();
  const awake = useAwake();
  const { key, devices } = useWanted(readPush, {});
  const here = devices.find((device) => device.here);
  const stands = awake ? standing() : "able";
  return (
    <>
      <h2>{t("platform.push.title")}</h2>
      <p>{t("platform.push.says")}</p>
      <p>{t("platform.push.never")}</p>
      {stands !== "able" ? (
        <p role="status">{t(`platform.push.${stands}`)}</p>
      ) : here ? (
        <p role="status">{t("platform.push.isOn")}</p>
      ) : undefined}
      {here ? <TurnOff device={here} /> : stands === "able" ? <TurnOn of={key} /> : undefined}
      <Others devices={devices.filter((device) => !device.here)} />
    </>
  );
}

function TurnOn({ of }: { readonly of: string }) {
  const t = useT();
  const awake = useAwake();
  const { language } = useSpeech();
  const { act, busy, refusal } = useAct(subscribePush);
  const [state, setState] = useState<"rested" | "asking" | "notReached">("rested");
  const begin = async (): Promise<void> => {
    setState("asking");
    try {
      const subscribed = await subscribe(of);
      if (subscribed) await act({ ...subscribed, language });
      setState("rested");
    } catch {
      setState("notReached");
    }
  };
  return (
    <>
      <Refusal problem={refusal} />
      {state === "notReached" ? <p role="status">{t("platform.push.notReached")}</p> : undefined}
      <p className="acts">
        <button type="button" className="quiet" disabled={!awake || busy || state === "asking"} onClick={() => void begin()}>
          {t("platform.push.on")}
        </button>
      </p>
    </>
  );
}

function TurnOff({ device: { id } }: { readonly device: Device }) {
  const t = useT();
  const awake = useAwake();
  const { act, busy, refusal } = useAct(unsubscribePush);
  const end = async (): Promise<void> => {
    await forget();
    await act({ device: id });
  };
  return (
    <>
      <Refusal problem={refusal} />
      <p className="acts">
        <button type="button" className="quiet" disabled={!awake || busy} onClick={() => void end()}>
          {t("platform.push.off")}
        </button>
      </p>
    </>
  );
}

function Others({ devices }: { readonly devices: readonly Device[] }) {
  const t = useT();
  if (devices.length === 0) return undefined;
  return (
    <>
      <h3>{t("platform.push.others")}</h3>
      <ul className="rows">
        {devices.map((device, at) => (
          <Other key={device.id} device={device} number={at + 1} />
        ))}
      </ul>
    </>
  );
}

function Other({ device: { id, at }, number }: { readonly device: Device; readonly number: number }) {
  const t = useT();
  const awake = useAwake();
  const { act, busy, refusal } = useAct(unsubscribePush);
  return (
    <li>
      <div>
        <p>
          {t("platform.push.number", { number })}, {t("platform.push.since")} <When at={at} />
        </p>
        <Refusal problem={refusal} />
      </div>
      <button type="button" className="faint" disabled={!awake || busy} onClick={() => void act({ device: id })}>
        {t("platform.push.end", { number })}
      </button>
    </li>
  );
}
