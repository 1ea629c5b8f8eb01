// A file as the door takes it: compressed by the browser, since a statement repeats itself, and as base64.

/** The file in gzip and base64; a piece at a time, because a browser takes only so many arguments. */
export async function packed(file: Blob): Promise<string> {
  const stream = file.stream().pipeThrough(new CompressionStream("gzip"));
  const bytes = new Uint8Array(await new Response(stream).arrayBuffer());
  const pieces = Array.from({ length: Math.ceil(bytes.length / 8_192) }, (_, at) =>
    String.fromCharCode(...bytes.subarray(at * 8_192, (at + 1) * 8_192)),
  );
  return btoa(pieces.join(""));
}
