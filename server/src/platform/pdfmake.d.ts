// The part of pdfmake 0.3 that is used here; the package brings no types of its own.
declare module "pdfmake" {
  type Font = { readonly normal: string; readonly bold: string; readonly italics: string; readonly bolditalics: string };
  const pdfmake: {
    setFonts(fonts: Readonly<Record<string, Font>>): void;
    setUrlAccessPolicy(allows: (url: string) => boolean): void;
    setLocalAccessPolicy(allows: (path: string) => boolean): void;
    createPdf(definition: Readonly<Record<string, unknown>>): { getBuffer(): Promise<Uint8Array> };
  };
  export default pdfmake;
}
