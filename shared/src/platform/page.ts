// The seam between server and page renderer: the server loads the built renderer as a file, so only this type joins them.
import type { EndpointAddress } from "./endpoint.ts";

export const languages = ["en", "fr"] as const;
export type Language = (typeof languages)[number];

/** What a call answers, for the browser and for a page rendered on the server alike. */
export type Told = { readonly status: number; readonly body: unknown };

/** Built files a document links to, by their place in the manifest. */
export type Assets = { readonly manifest: Readonly<Record<string, unknown>>; readonly development: boolean };

export type PageRequest = {
  readonly url: string;
  readonly origin: string;
  readonly language: Language;
  readonly nonce: string;
  readonly assets: Assets;
  readonly call: (endpoint: EndpointAddress, input: Readonly<Record<string, unknown>>) => Promise<Told>;
};

export type PageAnswer = { readonly status: number; readonly headers: Readonly<Record<string, string>>; readonly html: string };

export type RenderDocument = (request: PageRequest) => Promise<PageAnswer>;

/** Header of what a page asks that was made for a signed-in person: it is not answered as to a visitor. */
export const pageOf = "x-page-of";
/** Header of what a page asks by itself, with nobody's hand on it: that keeps no session alive. */
export const byItself = "x-by-itself";
