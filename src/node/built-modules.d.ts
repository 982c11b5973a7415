// What the build makes of files that are imported as text, see `assets.ts` and `texts.ts`.

declare module '*?asset' {
  /** A style sheet or a script, bundled for browsers. `version` changes with the text. */
  const asset: { readonly text: string; readonly version: string }
  // biome-ignore lint/style/noDefaultExport: what a module of data has
  export default asset
}

declare module '*?programs' {
  /** The programs for browsers in a folder, by name: `editor` of `editor.program.ts`. */
  const programs: Readonly<Record<string, { readonly text: string; readonly version: string }>>
  // biome-ignore lint/style/noDefaultExport: what a module of data has
  export default programs
}

declare module '*?texts' {
  /** The messages of a subject in every language: of `../texts/exam?texts`, all files `src/texts/<language>/exam.json`. */
  const messages: import('../platform/words/catalogue.ts').Messages
  // biome-ignore lint/style/noDefaultExport: what a module of data has
  export default messages
}

declare module '*?docs' {
  /** All documents of `src/docs`, and the pictures in them. */
  const documents: import('../docs/documents.ts').Documents
  // biome-ignore lint/style/noDefaultExport: what a module of data has
  export default documents
}
