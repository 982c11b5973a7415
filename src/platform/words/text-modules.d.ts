// What the build makes of `src/texts`, see `src/node/texts.ts`.

declare module '*?texts' {
  /** The messages of a subject in every language: of `../texts/exam?texts`, all files `src/texts/<language>/exam.json`. */
  const messages: import('./catalogue.ts').Messages
  // biome-ignore lint/style/noDefaultExport: what a module of data has
  export default messages
}
