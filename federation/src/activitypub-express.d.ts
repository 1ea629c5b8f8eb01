// The part of activitypub-express 4.4.2 that apex.ts uses; the package brings no types of its own.
declare module "activitypub-express" {
  type Document = { id: string; type: string; [term: string]: unknown };
  type Loaded = { contextUrl: null; documentUrl: string; document: unknown; tag?: string };

  /** What passes from step to step, as Express would carry it. */
  export type Passing = {
    target: Document;
    sender?: Document;
    actor?: Document;
    object?: unknown;
    /** Set once every validator agreed. */
    activity?: boolean;
    isNewActivity?: boolean | string;
    status?: number;
    doNotPublish?: boolean;
    postWork: unknown[];
  };
  export type Request = { body: Document; app: { locals: { apex: Apex } } };
  export type Response = { locals: { apex: Passing } };
  export type Step = (request: Request, response: Response, next: (error?: unknown) => void) => unknown;

  export type Overridden = {
    store: object;
    requestObject(iri: string): Promise<object | undefined>;
    jsonldContextLoader(url: string): Promise<Loaded>;
    isLocalIRI(iri: string): boolean;
    resolveReferences(): Promise<readonly never[]>;
    buildTombstone(object: Document): Promise<Document>;
    queueForDelivery(): never;
    publishActivity(): never;
    deliver(): never;
    publishUpdate(): Promise<void>;
    publishUndoUpdate(): Promise<void>;
  };

  export type Apex = Overridden & {
    readonly net: {
      readonly validators: { readonly actor: Step; readonly activityObject: Step; readonly inboxActivity: Step };
      readonly activity: { readonly save: Step; readonly inboxSideEffects: Step; readonly outboxSideEffects: Step };
    };
    readonly utils: { activityIdToIRI(id?: string): string; objectIdToIRI(id?: string): string };
    addMeta(document: Document, key: "collection", value: string): void;
    address(activity: Document, sender: Document): Promise<string[]>;
    buildActivity(type: string, actor: string, to: readonly string[], fields: object): Promise<Document>;
    fromJSONLD(document: object): Promise<Document | undefined>;
    toJSONLD(document: object): Promise<Record<string, unknown>>;
    getCollection(
      id: string,
      page: string | number | undefined,
      remapper: (activity: Document) => unknown,
      includePrivate: true,
    ): Promise<Document & { orderedItems?: unknown[] }>;
  };

  export default function activitypub(settings: {
    readonly baseUrl: string;
    readonly routes: Readonly<Record<string, string>>;
    readonly actorParam: string;
    readonly objectParam: string;
    readonly context: readonly unknown[];
    readonly store: object;
    readonly offlineMode: true;
  }): Apex;
}
