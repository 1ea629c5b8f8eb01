// tmp
export const bundledContext = (_url: string): object | undefined => undefined;
