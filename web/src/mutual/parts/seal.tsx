// The seal of an entry: where it lies, under which signed state of the book, and what the reader's own browser finds when it reckons all of it again.
import type { readFundEntry } from "@partcommune/shared/mutual/api";
import { faultInSeal, type SealFault } from "@partcommune/shared/money/rules/seal";
import type { ToldOf } from "@partcommune/shared/platform/endpoint";
import { useEffect, useState } from "react";
import { useT } from "../../platform/i18n.tsx";
import { At } from "../../ui/when.tsx";

type Told = NonNullable<ToldOf<typeof readFundEntry>["seal"]>;

export function Seal({ seal }: { readonly seal: Told | undefined }) {
  const t = useT();
  return (
    <section aria-labelledby="seal">
      <h2 id="seal">{t("entries.entry.seal")}</h2>
      <p>{seal ? t("entries.entry.sealed", { position: seal.position, batch: seal.batch }) : t("entries.entry.unsealed")}</p>
      {seal ? <UnderHead seal={seal} /> : undefined}
    </section>
  );
}

function UnderHead({ seal }: { readonly seal: Told }) {
  const t = useT();
  const { root, head } = seal;
  return (
    <>
      <p className="code">{root}</p>
      {head ? (
        <>
          <p>
            {t("entries.entry.head", { size: head.size })} <At at={head.at} />.
          </p>
          <p className="code">{head.root}</p>
          <Checked seal={seal} head={head} />
        </>
      ) : (
        <p>{t("entries.entry.noHead")}</p>
      )}
    </>
  );
}

type Head = NonNullable<Told["head"]>;
type Found = SealFault | "signed" | "holds";

/** Says nothing until the browser has reckoned. */
function Checked({ seal, head }: { readonly seal: Told; readonly head: Head }) {
  const t = useT();
  const [found, setFound] = useState<Found>();
  useEffect(() => {
    let gone = false;
    void check(seal, head).then((what) => (gone ? undefined : setFound(what)));
    return () => void (gone = true);
  }, [seal, head]);
  return (
    <p role="status" className={found && found !== "holds" ? "wrong" : undefined}>
      {found === undefined ? undefined : found === "holds" ? t("entries.entry.checked") : t("entries.entry.differs", { what: found })}
    </p>
  );
}

/** Undefined where the browser cannot check signatures, which it does on pages that came safely alone. */
async function check(seal: Told, head: Head): Promise<Found | undefined> {
  if (!globalThis.isSecureContext) return undefined;
  return faultInSeal(seal) ?? ((await isSigned(head).catch(() => false)) ? "holds" : "signed");
}

/** Whether the coop's key signed exactly this root over so many leaves (JWS, ES256). */
async function isSigned({ jws, root, size }: Head): Promise<boolean> {
  const [header = "", payload = "", signature = ""] = jws.split(".");
  const { jwk } = JSON.parse(textIn(header)) as { readonly jwk: JsonWebKey };
  const said = JSON.parse(textIn(payload)) as { readonly root?: unknown; readonly size?: unknown };
  const key = await crypto.subtle.importKey("jwk", jwk, { name: "ECDSA", namedCurve: "P-256" }, false, ["verify"]);
  const words = new TextEncoder().encode(`${header}.${payload}`);
  const holds = await crypto.subtle.verify({ name: "ECDSA", hash: "SHA-256" }, key, bytesIn(signature), words);
  return holds && said.root === root && said.size === size;
}

const bytesIn = (text: string): Uint8Array<ArrayBuffer> =>
  Uint8Array.from(atob(text.replaceAll("-", "+").replaceAll("_", "/")), (letter) => letter.charCodeAt(0));
const textIn = (text: string): string => new TextDecoder().decode(bytesIn(text));
