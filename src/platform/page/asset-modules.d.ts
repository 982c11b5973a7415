// What the build makes of files that are imported as text, see `src/node/assets.ts`.

declare module '*?asset' {
  /** A style sheet or a script, bundled for browsers. `version` changes with the text. */
  const asset: { readonly text: string; readonly version: string }
  // biome-ignore lint/style/noDefaultExport: what a module of data has
  export default asset
}
