// A file on its way: announced, sent part by part, and looked into by the server. A part that does not get through is sent again.
import { announceFile, finishFile, sendPart } from "@partcommune/shared/platform/api/files";
import type { ToldOf } from "@partcommune/shared/platform/endpoint";
import type { ProblemBody } from "@partcommune/shared/platform/refusal";
import { largestFile, mostFiles, partSize } from "@partcommune/shared/platform/rules/files";
import type { Filed } from "@partcommune/shared/platform/subject";
import { useRouteContext } from "@tanstack/react-router";
import { useState } from "react";
import { freshKey, problemOf, unreachable, type Call } from "./call.tsx";

export type Upload = {
  readonly key: string;
  readonly name: string;
  /** Parts per hundred that have been sent. */
  readonly sent: number;
  readonly card?: ToldOf<typeof finishFile>;
  readonly refusal?: ProblemBody;
};

export type Uploads = {
  readonly all: readonly Upload[];
  /** Ids of those that have arrived, for the act they go with. */
  readonly arrived: readonly string[];
  readonly busy: boolean;
  readonly add: (files: Iterable<File>) => void;
  readonly drop: (key: string) => void;
  readonly forget: () => void;
};

/** The files of one form, for the thread of one thing. */
export function useUploads(on: Filed): Uploads {
  const { call } = useRouteContext({ from: "__root__" });
  const [all, set] = useState<readonly Upload[]>([]);
  const change = (key: string, news: Partial<Upload>): void =>
    set((before) => before.map((upload) => (upload.key === key ? { ...upload, ...news } : upload)));
  const begin = async (key: string, file: File): Promise<void> => {
    try {
      change(key, { card: await sentWhole(call, on, file, (sent) => change(key, { sent })), sent: 100 });
    } catch (error) {
      change(key, { refusal: problemOf(error) ?? unreachable });
    }
  };
  const add = (files: Iterable<File>): void => {
    const fresh = [...files].slice(0, mostFiles - all.length).map((file) => ({ file, key: freshKey() }));
    set((before) => [...before, ...fresh.map(({ key, file: { name } }) => ({ key, name, sent: 0 }))]);
    for (const { key, file } of fresh) void begin(key, file);
  };
  return {
    all,
    add,
    arrived: all.flatMap(({ card }) => card?.id ?? []),
    busy: all.some(({ card, refusal }) => !card && !refusal),
    drop: (key) => set((before) => before.filter((upload) => upload.key !== key)),
    forget: () => set([]),
  };
}

async function sentWhole(call: Call, on: Filed, file: File, tell: (sent: number) => void): Promise<ToldOf<typeof finishFile>> {
  const announced = { ...on, name: file.name.normalize("NFC"), size: file.size };
  const { id } = await again(() => call(announceFile, announced, { key: freshKey() }));
  const parts = file.size > largestFile ? 0 : Math.ceil(file.size / partSize);
  for (let no = 0; no < parts; no += 1) {
    const bytes = await base64Of(file.slice(no * partSize, (no + 1) * partSize));
    await again(() => call(sendPart, { file: id, no, bytes }, { key: freshKey() }));
    tell(Math.floor((100 * (no + 1)) / (parts + 1)));
  }
  return again(() => call(finishFile, { file: id }, { key: freshKey() }));
}

const tries = 5;
const pauseMs = 1_500;

/** Tries again when no answer came or the house was full; a refusal stands. */
async function again<T>(ask: () => Promise<T>, left = tries): Promise<T> {
  try {
    return await ask();
  } catch (error) {
    const status = problemOf(error)?.status ?? 0;
    if (left === 1 || ![0, 429, 503].includes(status)) throw error;
    await new Promise((rested) => void setTimeout(rested, pauseMs));
    return again(ask, left - 1);
  }
}

async function base64Of(blob: Blob): Promise<string> {
  const reader = new FileReader();
  const address = await new Promise<string>((read, failed) => {
    reader.addEventListener("load", () => read(String(reader.result)));
    reader.addEventListener("error", () => failed(new TypeError("the file cannot be read")));
    reader.readAsDataURL(blob);
  });
  return address.slice(address.indexOf(",") + 1);
}
