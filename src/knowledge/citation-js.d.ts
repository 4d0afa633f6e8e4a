/** As much of citation-js as reference.ts uses; the packages come without types. */
declare module "@citation-js/core" {
  export const plugins: {
    readonly output: {
      format(format: string, data: readonly object[], options?: Readonly<Record<string, string>>): unknown;
    };
  };
}
declare module "@citation-js/plugin-csl";
declare module "@citation-js/plugin-bibtex";
declare module "@citation-js/plugin-ris";
