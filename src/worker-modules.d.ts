// What the Worker imports from beside its bundle: wrangler's module types CompiledWasm and Data.

declare module '*.wasm' {
  const module: WebAssembly.Module
  // biome-ignore lint/style/noDefaultExport: what a module of data has
  export default module
}

declare module '*.gz' {
  const bytes: ArrayBuffer
  // biome-ignore lint/style/noDefaultExport: what a module of data has
  export default bytes
}

declare module '*.data' {
  const bytes: ArrayBuffer
  // biome-ignore lint/style/noDefaultExport: what a module of data has
  export default bytes
}
