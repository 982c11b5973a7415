// What the build makes of this folder, see `src/node/assets.ts`.

declare module '*?docs' {
  /** All documents, and the pictures in them. */
  const documents: import('./documents.ts').Documents
  // biome-ignore lint/style/noDefaultExport: what a module of data has
  export default documents
}
