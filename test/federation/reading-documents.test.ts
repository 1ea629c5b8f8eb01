// What other servers write is read in one way or not at all; and where they have several words for one thing, all of them are understood.
import { test } from "tap";
import { isPublicAddress } from "@partcommune/federation/address";
import { compactTerms, decimalOf, isPublic, manyIds, oneId, readStrict, textOf } from "@partcommune/federation/read";
import { AS, OM2, PC, PUBLIC, VF } from "@partcommune/federation/vocabulary";
import type { Json, JsonObject } from "@partcommune/shared/platform/json";

const deep = (levels: number): string => `${'{"a":'.repeat(levels)}1${"}".repeat(levels)}`;
const keys = (count: number): string => `{${Array.from({ length: count }, (_, at) => `"k${at}":0`).join(",")}}`;

test("bytes that two readers could understand differently are not read", (t) => {
  for (const [text, isRead] of [
    ["{}", true],
    ['{"id":"https://a.example/1","object":{"id":"https://a.example/2"}}', true],
    ['{"name":"\\ud83d\\ude00 ☃","n":1e300}', true],
    [deep(32), true],
    [deep(33), false],
    [deep(100_000), false],
    [keys(10_000), true],
    [keys(10_001), false],
    ['{"actor":"https://a.example/1","actor":"https://b.example/1"}', false],
    ['{"object":{"id":"1","\\u0069d":"2"}}', false],
    ['{"__proto__":{"a":1}}', false],
    ['{"object":{"constructor":{"prototype":{"a":1}}}}', false],
    ['{"name":"a\\u0000b"}', false],
    ['{"a\\u0000b":"name"}', false],
    ['{"name":"\\ud83d"}', false],
    ['{"name":["\\ude00\\ud83d"]}', false],
    ['{"\\ud83d":1}', false],
    ['\ufeff{"id":"1"}', false],
    ['{"n":1e400}', false],
    ["[]", false],
    ['"text"', false],
    ["null", false],
    ["", false],
    ['{"a":1}{"b":2}', false],
    ['{"a":1,}', false],
    ["{'a':1}", false],
    [`"${'\\"'.repeat(100_000)}`, false],
  ] as const)
    t.equal(readStrict(Buffer.from(text)) !== undefined, isRead, text.slice(0, 60));
  for (const hex of ["7b2261223a22ff227d", "7b2261223a22c0af227d", "7b2261223a22eda080227d", "fffe7b007d00"])
    t.equal(readStrict(Buffer.from(hex, "hex")), undefined, `${hex} is no UTF-8`);
  t.equal(({} as Record<string, unknown>)["a"], undefined);
  t.end();
});

test("one thing told in several ways is one thing", (t) => {
  const id = "https://a.example/1";
  for (const [value, wanted] of [
    [id, id],
    [{ id, type: "Note" }, id],
    [{ "@id": id }, id],
    [[id], id],
    [[{ id }], id],
    [[id, id], undefined],
    [[], undefined],
    [{ type: "Note" }, undefined],
    [{ id: [id] }, undefined],
    [7, undefined],
    [null, undefined],
    [undefined, undefined],
  ] as readonly (readonly [Json | undefined, string | undefined])[])
    t.equal(oneId(value), wanted, JSON.stringify(value));
  t.same(manyIds([id, { id: "b" }, { type: "Note" }, 7, ["c"]]), [id, "b", "c"]);
  t.same([manyIds(id), manyIds(undefined), manyIds([])], [[id], [], []]);
  for (const [ids, wanted] of [
    [[PUBLIC], true],
    [["as:Public"], true],
    [["https://a.example/followers", "Public"], true],
    [["https://a.example/Public", "as:public"], false],
    [[], false],
  ] as const)
    t.equal(isPublic(ids), wanted, ids.join(" "));
  t.same([textOf("a"), textOf({ "@value": "a" }), textOf(["a"]), textOf({ a: "a" }), textOf(1)], ["a", "a", "a", undefined, undefined]);
  for (const [value, wanted] of [
    ["2000.00", "2000.00"],
    [{ type: "xsd:decimal", "@value": "1" }, "1"],
    ["-0.5", "-0.5"],
    [["1"], "1"],
    [1, undefined],
    ["1,5", undefined],
    ["1e3", undefined],
    ["01", undefined],
    [".5", undefined],
    ["٣", undefined],
    ["9".repeat(16), undefined],
    ["NaN", undefined],
    [true, undefined],
  ] as readonly (readonly [Json, string | undefined])[])
    t.equal(decimalOf(value), wanted, JSON.stringify(value));
  t.end();
});

test("words written in full become ours, and none may stand twice", (t) => {
  t.same(
    compactTerms({
      "@context": AS,
      "@id": "https://a.example/1",
      "@type": `${AS}#Accept`,
      [`${AS}#actor`]: { "@id": "https://a.example/2" },
      "as:object": "https://b.example/1",
      [`${AS}#result`]: [
        {
          type: ["vf:Agreement"],
          [`${VF}stipulates`]: {
            "@type": `${VF}Commitment`,
            [`${VF}resourceQuantity`]: { type: `${OM2}Measure`, [`${OM2}hasUnit`]: "one", "om2:hasNumericalValue": "1" },
          },
          [`${PC}feePpm`]: 85_000,
          "pc:currency": "EUR",
          other: `${AS}#object`,
        },
      ],
      "https://w3id.org/security#publicKey": { "sec:publicKeyPem": "a" },
      "ldp:inbox": "https://a.example/inbox",
      "https://evil.example/#actor": "https://evil.example",
    }),
    {
      "@context": AS,
      id: "https://a.example/1",
      type: "Accept",
      actor: { id: "https://a.example/2" },
      object: "https://b.example/1",
      result: [
        {
          type: ["Agreement"],
          stipulates: { type: "Commitment", resourceQuantity: { type: "om2:Measure", hasUnit: "one", hasNumericalValue: "1" } },
          "pc:feePpm": 85_000,
          "pc:currency": "EUR",
          other: `${AS}#object`,
        },
      ],
      publicKey: { publicKeyPem: "a" },
      inbox: "https://a.example/inbox",
      "https://evil.example/#actor": "https://evil.example",
    },
  );
  for (const twice of [
    { actor: "a", "as:actor": "b" },
    { id: "a", "@id": "b" },
    { object: { [`${AS}#object`]: "a", "as:object": "b" } },
    { list: [[{ type: "a", "@type": "b" }]] },
  ] as readonly JsonObject[])
    t.equal(compactTerms(twice), undefined, JSON.stringify(twice));
  t.end();
});

test("only what everybody may call is called", (t) => {
  const open = [
    "1.1.1.1 8.8.8.8 193.191.1.1 172.15.255.255 172.32.0.0 100.128.0.0 198.17.0.1 223.255.255.255",
    "2001:4860:4860::8888 2a00:1450::1 2606:4700::1111 64:ff9b::8.8.8.8 ::ffff:8.8.8.8",
  ];
  for (const ip of open.flatMap((line) => line.split(" "))) t.equal(isPublicAddress(ip), true, ip);
  const closed = [
    "127.0.0.1 127.0.0.2 127.255.255.255 0.0.0.0 0.1.2.3 10.0.0.1 10.255.255.255 100.64.0.1 100.100.100.200 100.127.255.255",
    "168.63.129.16 169.254.169.254 172.16.0.1 172.31.255.255 192.0.0.192 192.0.2.1 192.88.99.1 192.168.1.1 198.18.0.1 198.19.255.255",
    "198.51.100.1 203.0.113.1 224.0.0.1 239.255.255.255 240.0.0.1 255.255.255.255",
    ":: ::1 ::127.0.0.1 ::8.8.8.8 ::ffff:7f00:1 ::ffff:127.0.0.1 ::ffff:10.0.0.1 ::ffff:0:8.8.8.8 0:0:0:0:0:ffff:7f00:0001",
    "64:ff9b::7f00:1 64:ff9b::10.0.0.1 64:ff9b:: 64:ff9b::8 64:ff9b:1::8.8.8.8 2002:7f00:1:: 2002:808:808::1",
    "2001::1 2001:0:4136:e378:8000:63bf:3fff:fdd2 2001:db8::1 2001:20::1 3fff::1 100::1 fc00::1 fd12:3456::1 fe80::1",
    "fe80::1%eth0 2a00:1450::1%eth0 fec0::1 ff02::1 4000::1 5f00::1",
    "localhost localhost. 2130706433 0x7f.1 017700000001 127.1 [::1] a.example 1.1.1.1.1",
  ];
  for (const ip of ["", "1.1.1.1 ", ...closed.flatMap((line) => line.split(" "))]) t.equal(isPublicAddress(ip), false, ip);
  t.end();
});
