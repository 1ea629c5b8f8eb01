// Files: what they hold decides what they are; what could do harm is refused by name or made harmless; and only those whom the thing concerns get one.
import { deflateSync, crc32 } from "node:zlib";
import sharp from "sharp";
import { test, type Test } from "tap";
import { askChanges, handIn, readEngagement, startEngagement } from "@partcommune/shared/marketplace/api";
import { announceFile, fetchFile, finishFile, sendPart } from "@partcommune/shared/platform/api/files";
import { listMessages, removeMessage, writeMessage } from "@partcommune/shared/platform/api/messages";
import { largestFile, mostWaiting, partSize } from "@partcommune/shared/platform/rules/files";
import type { Subject } from "@partcommune/shared/platform/subject";
import { dayMs } from "@partcommune/shared/platform/time";
import { openCoop, type Caller, type TestCoop } from "../support/coop.ts";
import { engaged, type Engaged } from "../support/engagements.ts";
import { nobodysId } from "../support/example.ts";
import { clientOwner, founder, signedUp, trialMember, withRole } from "../support/people.ts";
import { arrivedText, sentFile } from "../support/uploads.ts";
import { zipOf } from "../support/zip.ts";

type Stand = Engaged & { readonly coop: TestCoop; readonly board: Caller; readonly on: Subject };

async function stage(t: Test): Promise<Stand> {
  const coop = await openCoop(t);
  const board = await founder(coop);
  const stand = await engaged(coop, board);
  return { coop, board, ...stand, on: { subjectKind: "engagement", subject: stand.engagement } };
}

/** The bytes of a file as somebody fetches it. */
async function fetched(by: Caller, file: string) {
  const answer = await by.raw({ method: "GET", url: `/api/v1/files/${file}` });
  return { status: answer.statusCode, headers: answer.headers, bytes: answer.rawPayload };
}

const picture = (width = 40, height = 20) => sharp({ create: { width, height, channels: 3, background: "#cc5533" } });
const eicar = ["X5O!P%@AP[4\\PZX54(P^)7CC)7}$EICAR-STANDARD-", "ANTIVIRUS-TEST-FILE!$H+H*"].join("");
const pdf = "%PDF-1.4\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\nstartxref\n9\n%%EOF\n";
const zeros = (mebibytes: number): Buffer => Buffer.alloc(mebibytes * 1_048_576);

/** A PNG that says it is as large as this, with all its pixels black. */
function blackPng(width: number, height: number): Buffer {
  const chunk = (type: string, body: Buffer): Buffer => {
    const named = Buffer.concat([Buffer.from(type), body]);
    const [length, sum] = [Buffer.alloc(4), Buffer.alloc(4)];
    length.writeUInt32BE(body.length);
    sum.writeUInt32BE(crc32(named));
    return Buffer.concat([length, named, sum]);
  };
  const head = Buffer.alloc(13);
  head.writeUInt32BE(width);
  head.writeUInt32BE(height, 4);
  head[8] = 1; // one bit a pixel
  const rows = deflateSync(Buffer.alloc((Math.ceil(width / 8) + 1) * height));
  return Buffer.concat([Buffer.from("89504e470d0a1a0a", "hex"), chunk("IHDR", head), chunk("IDAT", rows), chunk("IEND", Buffer.alloc(0))]);
}

type Row = readonly [what: string, name: string, bytes: Buffer, wanted: string];

/** What is sent, under which name, and what becomes of it: the name it is kept under, or why not. */
async function uploads(): Promise<readonly Row[]> {
  const [png, jpeg] = [await picture().png().toBuffer(), await picture().jpeg().toBuffer()];
  const svg = '<svg xmlns="http://www.w3.org/2000/svg" onload="hit()"><script>hit()</script></svg>';
  const html = "<!doctype html><script>hit()</script>";
  const small = zipOf([{ name: "a/b.txt", bytes: Buffer.from("Hello.") }]);
  const nested = zipOf([{ name: "1.zip", bytes: zipOf([{ name: "0", bytes: zeros(40) }]) }]);
  let doll = small;
  for (let at = 0; at < 4; at += 1) doll = zipOf([{ name: "doll.zip", bytes: doll }]);
  return [
    ["a picture", "poster.png", png, "poster.png"],
    ["a picture by its other end", "POSTER.JPEG", jpeg, "POSTER.JPEG"],
    ["a PDF", "quote.pdf", Buffer.from(pdf), "quote.pdf"],
    ["text", "été.txt", Buffer.from("Trois formats.\n"), "été.txt"],
    ["an archive", "fonts.zip", small, "fonts.zip"],
    ["an archive with a page in it", "site.zip", zipOf([{ name: "index.html", bytes: Buffer.from(html) }]), "site.zip"],
    ["0 bytes", "nothing.txt", Buffer.alloc(0), "file-empty"],
    ["SVG with a script", "logo.svg", Buffer.from(svg), "file-is-markup"],
    ["SVG named .png", "logo.png", Buffer.from(svg), "file-is-markup"],
    ["SVG behind its XML line and a BOM", "logo.png", Buffer.from(`\ufeff <?xml version="1.0"?>${svg}`), "file-is-markup"],
    ["HTML named .png", "cat.png", Buffer.from(html), "file-is-markup"],
    ["HTML behind a comment", "cat.txt", Buffer.from(`\n\t<!-- x -->${html}`), "file-is-markup"],
    ["HTML in UTF-16", "cat.txt", Buffer.from(`\ufeff${html}`, "utf16le"), "file-kind-unknown"],
    ["text that ends as a page", "notes.html", Buffer.from("Look: <script>hit()</script>"), "notes.html.txt"],
    ["text that ends as a program", "run.sh", Buffer.from("#!/bin/sh\nrm -rf ~\n"), "run.sh.txt"],
    ["JSON of an actor", "actor.json", Buffer.from('{"type":"Person","id":"https://evil.example"}'), "actor.json.txt"],
    ["a picture named .html", "poster.html", png, "poster.html.png"],
    ["a picture with a page behind it", "poster.jpg", Buffer.concat([jpeg, Buffer.from(html)]), "poster.jpg"],
    ["a picture with an archive behind it", "poster.png", Buffer.concat([png, small]), "poster.png"],
    ["half a picture", "poster.png", png.subarray(0, png.length / 2), "file-broken"],
    ["a picture that is a script too", "a.gif", Buffer.from("GIF89a=1;hit()//"), "file-broken"],
    ["a PDF that is an archive too", "a.pdf", Buffer.concat([Buffer.from(pdf), small]), "file-two-in-one"],
    ["a PDF whose end hides in an archive", "a.pdf", Buffer.concat([Buffer.from(pdf), small, Buffer.from(pdf)]), "file-two-in-one"],
    ["a PDF that is a page", "a.pdf", Buffer.from("%PDF-1.4\n<script>hit()</script>"), "file-broken"],
    ["an archive behind a page", "a.zip", Buffer.concat([Buffer.from(html), small]), "file-is-markup"],
    ["a bomb", "bomb.zip", zipOf([{ name: "0", bytes: zeros(40) }]), "archive-grows"],
    ["a bomb that lies about its size", "bomb.zip", zipOf([{ name: "0", bytes: zeros(40), says: 10 }]), "file-broken"],
    ["a bomb in an archive", "bomb.zip", nested, "archive-grows"],
    ["archives like dolls", "dolls.zip", doll, "archive-grows"],
    ["many small bombs", "b.zip", zipOf(Array.from({ length: 12 }, (_, at) => ({ name: `${at}`, bytes: zeros(1) }))), "archive-grows"],
    [
      "too many entries",
      "m.zip",
      zipOf(Array.from({ length: 10_001 }, (_, at) => ({ name: `${at}`, bytes: Buffer.alloc(0) }))),
      "archive-grows",
    ],
    ["an archive that climbs", "a.zip", zipOf([{ name: "../../etc/passwd", bytes: Buffer.from("x") }]), "file-broken"],
    ["an archive with a place of its own", "a.zip", zipOf([{ name: "/etc/passwd", bytes: Buffer.from("x") }]), "file-broken"],
    ["a locked archive", "a.zip", zipOf([{ name: "a", bytes: Buffer.from("x"), locked: true }]), "archive-locked"],
    ["half an archive", "a.zip", small.subarray(0, -8), "file-broken"],
    ["EICAR", "eicar.com", Buffer.from(eicar), "file-harmful"],
    ["EICAR in an archive", "a.zip", zipOf([{ name: "eicar.com", bytes: Buffer.from(eicar) }]), "file-harmful"],
    [
      "EICAR in an archive in an archive",
      "a.zip",
      zipOf([{ name: "b.zip", bytes: zipOf([{ name: "e", bytes: Buffer.from(eicar) }]) }]),
      "file-harmful",
    ],
    ["20 000 × 20 000 px", "huge.png", blackPng(20_000, 20_000), "picture-too-large"],
    ["a program", "setup.exe", Buffer.concat([Buffer.from("MZ"), zeros(1)]), "file-kind-unknown"],
    ["a program of Linux", "a.txt", Buffer.from("\u007fELF\u0002\u0001\u0001\u0000\u0000\u0000", "latin1"), "file-kind-unknown"],
    ["text with NUL", "a.txt", Buffer.from("a\0b"), "file-kind-unknown"],
    ["text that is none", "a.txt", Buffer.from([0xc3, 0x28, 0x41]), "file-kind-unknown"],
    ["../ in its name", "../../etc/cron.d/x.txt", Buffer.from("x"), "file-name-unfit"],
    ["..\\ in its name", "..\\x.txt", Buffer.from("x"), "file-name-unfit"],
    ["the folder above", "..", Buffer.from("x"), "file-name-unfit"],
    ["NUL in its name", "a.png\0.txt", Buffer.from("x"), "not-as-asked"],
    ["two lines in its name", 'a"\r\nset-cookie: x.txt', Buffer.from("x"), "not-as-asked"],
    ["a name that reads backwards", "a\u202etxt.exe", Buffer.from("x"), "not-as-asked"],
  ];
}

test("what is uploaded is kept under a true name, or refused by its reason", async (t) => {
  const { coop, worker, on } = await stage(t);
  for (const [what, name, bytes, wanted] of await uploads()) {
    const { body, problem, text } = await sentFile(worker, on, name, bytes);
    t.equal(problem ?? body.name, wanted, `${what}: ${text.slice(0, 200)}`);
    if (!problem) await worker.call(writeMessage, { ...on, text: what, files: [body.id] });
  }
  const left = await coop.db.selectFrom("platform.file").select("name").where("sent_with", "is", null).execute();
  t.same(left, [], "nothing of what was refused is left");
});

test("a picture loses its place, its device and what stood behind it, and stands upright", async (t) => {
  const { worker, on } = await stage(t);
  const shot = picture()
    .jpeg()
    .withExif({ IFD0: { Model: "Phone 3" }, IFD3: { GPSLatitudeRef: "N", GPSLatitude: "50/1 51/1 0/1" } })
    .withMetadata({ orientation: 6 });
  const bytes = Buffer.concat([await shot.toBuffer(), Buffer.from("<script>hit()</script>")]);
  t.ok(bytes.includes("Phone 3") && (await sharp(bytes).metadata()).exif, "the picture tells of its device");
  const { body } = await sentFile(worker, on, "shot.jpg", bytes);
  const kept = (await fetched(worker, body.id)).bytes;
  const { exif, width, height, xmp, iptc } = await sharp(kept).metadata();
  t.same([exif, xmp, iptc], [undefined, undefined, undefined]);
  t.notOk(kept.includes("Phone 3") || kept.includes("script"));
  t.same([width, height], [20, 40], "turned as its camera was held");
  t.equal(kept.length, body.size);
});

test("a file is saved and never shown: no type of its own, a closed box, and a name that breaks out of no header", async (t) => {
  const { worker, on } = await stage(t);
  const text = '{"type":"Person","id":"https://evil.example"}';
  const { body } = await sentFile(worker, on, `été "1'; x=(2).json`, Buffer.from(text));
  const answer = await worker.raw({ method: "GET", url: `/api/v1/files/${body.id}`, headers: { accept: "application/activity+json" } });
  t.equal(answer.body, text, "the bytes as they came");
  t.match(answer.headers, {
    "content-type": "application/octet-stream",
    "content-disposition": `attachment; filename="-t---1---x--2--json.txt"; filename*=UTF-8''%C3%A9t%C3%A9%20%221%27%3B%20x%3D%282%29.json.txt`,
    "x-content-type-options": "nosniff",
    "content-security-policy": /default-src 'none'; sandbox/,
    "cache-control": "private, no-cache",
    "cross-origin-resource-policy": "same-origin",
  });
});

test("a file of 25 MiB comes in parts of any order and often, and one byte more does not", async (t) => {
  const { worker, on } = await stage(t);
  t.equal((await worker.call(announceFile, { ...on, name: "a.txt", size: largestFile + 1 })).problem, "file-too-big");
  const bytes = Buffer.alloc(largestFile, "Partcommune\n");
  const { id: file } = (await worker.call(announceFile, { ...on, name: "a.txt", size: bytes.length })).body;
  const part = (no: number) => bytes.subarray(no * partSize, (no + 1) * partSize).toString("base64");
  t.equal((await worker.call(finishFile, { file })).problem, "file-incomplete");
  for (const no of [99, 5, 5]) t.equal((await worker.call(sendPart, { file, no, bytes: part(no) })).status, 200);
  for (const [no, piece] of [
    [0, part(0).slice(4)],
    [0, ""],
    [100, part(99)],
    [-1, part(0)],
    [1, `${part(1)}AAAA`],
    [1, "*"],
  ] as const)
    t.ok(
      ["file-incomplete", "not-as-asked"].includes((await worker.call(sendPart, { file, no, bytes: piece })).problem ?? ""),
      `part ${no}`,
    );
  for (let no = 0; no < 99; no += 1) await worker.call(sendPart, { file, no, bytes: part(no) });
  t.match((await worker.call(finishFile, { file })).body, { size: largestFile, type: "text/plain" });
  t.equal((await worker.call(sendPart, { file, no: 0, bytes: part(0) })).problem, "file-not-ready", "what was looked into stays");
  t.equal((await worker.call(finishFile, { file })).problem, "file-not-ready");
  t.ok((await fetched(worker, file)).bytes.equals(bytes));
});

test("a file goes once, with a message or a hand-in of its own thread, by whoever sent it", async (t) => {
  const stand = await stage(t);
  const { buyer, worker, on, milestone, engagement } = stand;
  const [mine, theirs] = [await arrivedText(worker, on), await arrivedText(buyer, on)];
  t.equal((await fetched(buyer, mine)).status, 404, "what is not sent yet is seen by nobody else");
  for (const files of [[theirs], [nobodysId()], [mine, mine]])
    t.equal((await worker.call(writeMessage, { ...on, text: "", files })).problem, "file-not-ready");
  t.equal((await worker.call(writeMessage, { ...on, text: "", files: [] })).problem, "message-empty");
  t.equal((await worker.call(writeMessage, { ...on, text: "", files: [mine] })).status, 201, "a file says it all");
  t.equal((await worker.call(writeMessage, { ...on, text: "", files: [mine] })).problem, "file-not-ready");
  t.equal((await fetched(buyer, mine)).bytes.toString(), "Three formats.");
  t.match((await buyer.call(listMessages, on)).body.items, [{ files: [{ id: mine, name: "notes.txt", type: "text/plain", size: 14 }] }]);
  await worker.call(startEngagement, { engagement });
  t.equal((await worker.call(handIn, { milestone, text: "" })).problem, "hand-in-empty");
  t.equal((await worker.call(handIn, { milestone, text: "", files: [mine] })).problem, "file-not-ready");
  const ten = await Promise.all(Array.from({ length: 10 }, async (_, at) => arrivedText(worker, on, `Format ${at}`)));
  t.equal((await worker.call(handIn, { milestone, text: "", files: ten })).status, 201);
  const page = (await buyer.call(readEngagement, { engagement })).body;
  t.same(page.milestones[0]?.handIns[0]?.files.map(({ id }) => id).toSorted(), ten.toSorted());
  t.equal((await fetched(buyer, ten[4] ?? "")).bytes.toString(), "Format 4");
  await buyer.call(askChanges, { milestone, points: ["Larger."] });
  t.equal((await worker.call(handIn, { milestone, text: "Larger.", files: [await arrivedText(worker, on)] })).status, 201);
});

test("nobody but the two sides gets a file, and no answer tells whether there is one", async (t) => {
  const { coop, board, buyer, worker, on } = await stage(t);
  const file = await arrivedText(worker, on);
  await worker.call(writeMessage, { ...on, text: "", files: [file] });
  const arriving = (await worker.call(announceFile, { ...on, name: "a.txt", size: 1 })).body.id;
  const strangers = [
    (await clientOwner(coop, "Otto")).caller,
    await trialMember(coop, board, "Mia"),
    await signedUp(coop, "Stan"),
    await withRole(coop, board, "Ada", "adviser"),
    board,
  ];
  for (const by of strangers) {
    t.equal((await by.call(announceFile, { ...on, name: "a.txt", size: 1 })).problem, "not-found");
    t.equal((await by.call(fetchFile, { file })).problem, "not-found");
  }
  for (const by of [...strangers, buyer]) {
    t.equal((await by.call(fetchFile, { file: arriving })).problem, "not-found");
    t.equal((await by.call(sendPart, { file: arriving, no: 0, bytes: "eA==" })).problem, "not-found");
    t.equal((await by.call(finishFile, { file: arriving })).problem, "not-found");
  }
  t.equal((await coop.someone().call(fetchFile, { file })).problem, "sign-in-first");
  t.equal((await worker.call(fetchFile, { file: arriving })).problem, "not-found", "what has not arrived is not there");
});

test("what is taken back or never sent is forgotten, and what another sent as well stays", async (t) => {
  const { coop, buyer, worker, on } = await stage(t);
  const [one, same, left] = [await arrivedText(worker, on), await arrivedText(buyer, on), await arrivedText(worker, on, "Left lying.")];
  const parts = async () => (await coop.db.selectFrom("platform.file_part").select("bytes").execute()).length;
  t.equal(await parts(), 2, "equal bytes are kept once");
  const { id: message } = (await worker.call(writeMessage, { ...on, text: "", files: [one] })).body;
  await buyer.call(writeMessage, { ...on, text: "", files: [same] });
  await worker.call(removeMessage, { message });
  t.equal((await fetched(buyer, one)).status, 404);
  t.equal((await fetched(worker, same)).bytes.toString(), "Three formats.");
  coop.wait(dayMs - 1);
  await coop.keepTime();
  t.equal((await fetched(worker, left)).status, 200);
  coop.wait(1);
  await coop.keepTime();
  t.equal((await fetched(worker, left)).status, 404);
  t.equal(await parts(), 1);
});

test("nobody fills the house with files that go nowhere", async (t) => {
  const { worker, on } = await stage(t);
  const announce = () => worker.call(announceFile, { ...on, name: "a.txt", size: 1 });
  for (let at = 0; at < mostWaiting; at += 1) t.equal((await announce()).status, 201);
  t.equal((await announce()).problem, "files-waiting");
});
