// Sixteen readers who ask for one address again and again over connections that stay open, and how often and how soon they are answered.
import { Agent, get } from "node:http";
import { performance } from "node:perf_hooks";

const callers = 16;
const agent = new Agent({ keepAlive: true, maxSockets: callers });

let addresses = 0;

/** One read as if from an address of its own, so that no limit on addresses is measured. */
export async function read(url: string): Promise<string> {
  addresses += 1;
  const headers = { "x-forwarded-for": `10.${(addresses >> 16) & 255}.${(addresses >> 8) & 255}.${addresses & 255}` };
  return new Promise((answered, failed) => {
    const request = get(url, { agent, headers }, (answer) => {
      const parts: Buffer[] = [];
      answer.on("data", (part: Buffer) => void parts.push(part)).on("error", failed);
      answer.on("end", () => {
        if (answer.statusCode === 200) answered(Buffer.concat(parts).toString());
        else failed(new Error(`${url} answered ${answer.statusCode}`));
      });
    });
    request.on("error", failed);
  });
}

/** Milliseconds that each read took, of all readers at once and for so long. */
async function waits(url: string, seconds: number): Promise<readonly number[]> {
  const waited: number[] = [];
  const end = performance.now() + seconds * 1_000;
  const reader = async (): Promise<void> => {
    while (performance.now() < end) {
      const begun = performance.now();
      await read(url);
      waited.push(performance.now() - begun);
    }
  };
  await Promise.all(Array.from({ length: callers }, reader));
  return waited;
}

/** Answers a second. */
export async function perSecond(url: string, seconds: number): Promise<number> {
  const begun = performance.now();
  const { length } = await waits(url, seconds);
  return (length * 1_000) / (performance.now() - begun);
}

/** The 95th percentile in milliseconds. */
export async function p95(url: string, seconds: number): Promise<number> {
  const waited = (await waits(url, seconds)).toSorted((one, other) => one - other);
  return waited[Math.floor(waited.length * 0.95)] ?? Number.NaN;
}
