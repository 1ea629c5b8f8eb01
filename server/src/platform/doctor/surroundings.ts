// What the doctor asks of the environment and the machine, before any database.
import { statfs } from "node:fs/promises";
import {
  declarationRows,
  lateRows,
  payRows,
  reliefRows,
  serviceRows,
  smallBusinessRows,
  vatRows,
} from "@partcommune/shared/platform/packs";
import { keysOf } from "../backup/proofs.ts";
import { coopCard } from "../store.ts";
import { found, noted, those, type Examination } from "./examination.ts";

const gigabyte = 1e9;

export const surroundings: readonly Examination[] = [
  {
    matter: "address",
    look: async ({ config: { PUBLIC_URL, TRUSTED_PROXIES } }) =>
      those(
        [PUBLIC_URL === undefined, found("PUBLIC_URL is not set, so links in letters and passkeys are bound to localhost.")],
        [
          PUBLIC_URL !== undefined && !PUBLIC_URL.startsWith("https:"),
          found("PUBLIC_URL is not https, so cookies travel in the open and passkeys do not work."),
        ],
        [
          PUBLIC_URL?.startsWith("https:") === true && TRUSTED_PROXIES.length === 0,
          found("TRUSTED_PROXIES is not set: behind a proxy all callers look like one, and share one limit of calls."),
        ],
      ),
  },
  {
    matter: "secret",
    look: async ({ db, secret, proofs }) => {
      if (secret === undefined) return [found("The coop's secret (KEY_ENCRYPTION_KEY) is not here: nothing sealed can be opened.")];
      const opens = await proofs.opens(db, keysOf(secret));
      return those([opens === false, found("The coop's secret does not open what was sealed last. The server has, or had, another one.")]);
    },
  },
  {
    matter: "disk",
    look: async ({ folder }) => {
      const { bavail, blocks, bsize } = await statfs(folder);
      const [free, share] = [bavail * bsize, bavail / blocks];
      return those([
        free < gigabyte || share < 0.05,
        found(
          `The disk of ${folder} has ${(free / gigabyte).toFixed(1)} GB left (${Math.floor(share * 100)} %). A full disk refuses every act.`,
        ),
      ]);
    },
  },
  {
    matter: "country",
    look: async ({ db }) => {
      const coop = await coopCard({ db });
      if (coop.review) return [];
      const unconfirmed = <Row extends { readonly country: string; readonly confirmedBy?: string }>(rows: readonly Row[]): readonly Row[] =>
        rows.filter(({ country, confirmedBy }) => country === coop.country && confirmedBy === undefined);
      return [
        ...(coop.draft && !coop.demo
          ? [
              found(
                `The rules of ${coop.country} in this software are a draft: until the board names at /desk/papers who looked them through, no work is agreed on and no invoice leaves.`,
              ),
            ]
          : []),
        ...unconfirmed(declarationRows).map(({ country, scheme }) =>
          noted(`No payroll office has confirmed how ${country} declares whoever is employed (${scheme}) in shared/src/platform/packs.ts.`),
        ),
        ...unconfirmed(vatRows).map(({ country, source }) =>
          noted(`No accountant has confirmed the VAT rate of ${country} (${source}) in shared/src/platform/packs.ts.`),
        ),
        ...unconfirmed(serviceRows).map(({ country, service, law }) =>
          noted(`No accountant has confirmed how ${country} taxes ${service} (${law}) in shared/src/platform/packs.ts.`),
        ),
        ...unconfirmed(lateRows).map(({ country, law }) =>
          noted(
            `No accountant has confirmed what the law of ${country} gives whoever is paid late (${law}) in shared/src/platform/packs.ts.`,
          ),
        ),
        ...unconfirmed(reliefRows).map(({ country, law }) =>
          noted(
            `No accountant has confirmed by which law ${country} gives VAT back on what is never paid (${law}) in shared/src/platform/packs.ts.`,
          ),
        ),
        ...unconfirmed(payRows).map(({ country, model }) =>
          noted(`No payroll office has confirmed what ${model} estimates of pay in ${country} in shared/src/platform/packs.ts.`),
        ),
        ...unconfirmed(smallBusinessRows).map(({ country, law }) =>
          noted(`No accountant has confirmed the exemption of small businesses of ${country} (${law}) in shared/src/platform/packs.ts.`),
        ),
      ];
    },
  },
];
