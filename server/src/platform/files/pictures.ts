// Pictures are made anew from their pixels: what else was in the file (place, device, a second file behind the first) does not come along.
import sharp, { type Sharp } from "sharp";
import { mostPixels, type FileKind } from "@partcommune/shared/platform/rules/files";
import { refuse } from "@partcommune/shared/platform/refusal";
import { Refused, refuseUnless } from "../refused.ts";

const formats: Readonly<Partial<Record<FileKind, Parameters<Sharp["toFormat"]>>>> = {
  "image/jpeg": ["jpeg", { quality: 92, chromaSubsampling: "4:4:4" }],
  "image/png": ["png"],
  "image/webp": ["webp", { quality: 92 }],
  "image/gif": ["gif"],
  "image/avif": ["avif", { quality: 75 }],
};

/** The same picture, upright and with nothing but its pixels. */
export async function madeAnew(type: FileKind, bytes: Buffer): Promise<Buffer> {
  const format = formats[type];
  if (!format) throw new TypeError(`${type} is no picture`);
  const open = () => sharp(bytes, { limitInputPixels: false, failOn: "error", animated: true });
  const { width, height } = await readable(open().metadata());
  const million = 1_000_000;
  refuseUnless(width * height <= mostPixels, "picture-too-large", {
    most: mostPixels / million,
    has: Math.ceil((width * height) / million),
  });
  return readable(
    open()
      .autoOrient()
      .toFormat(...format)
      .toBuffer(),
  );
}

async function readable<T>(picture: Promise<T>): Promise<T> {
  return picture.catch(() => {
    throw new Refused(refuse("file-broken"));
  });
}
