import { css } from './kentei-css.ts'

/** Replaced by the build with a hash of the bundled island. */
declare const __RUNNER_VERSION__: string | undefined

/** FNV-1a, 32 bits: names a version of a file for caches; it protects nothing. */
function fingerprint(text: string): string {
  let hash = 0x811c9dc5
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193)
  return (hash >>> 0).toString(36)
}

/** Without line breaks and comments: the wire does not need them. */
const squeezed = css.replace(/\/\*[^]*?\*\//g, '').replace(/\s*\n\s*/g, '').replace(/\s*([{};,])\s*/g, '$1').replace(/;}/g, '}')

export const styleSheet = { path: '/assets/kentei.css', type: 'text/css; charset=utf-8', body: squeezed, version: fingerprint(squeezed) } as const

const icon =
  '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 100 100"><circle cx="50" cy="50" r="48" fill="#264a8e"/><circle cx="50" cy="50" r="33" fill="#f7faff"/><path d="M36 51l10 11 19-24" fill="none" stroke="#17397b" stroke-width="8" stroke-linecap="round" stroke-linejoin="round"/></svg>'

export const siteIcon = { path: '/assets/icon.svg', type: 'image/svg+xml', body: icon, version: fingerprint(icon) } as const

/** The exam's island. Its body is made by the build from `entry`. */
export const runnerScript = {
  path: '/assets/runner.js',
  type: 'text/javascript; charset=utf-8',
  entry: 'src/web/ui/runner/runner.ts',
  version: typeof __RUNNER_VERSION__ === 'undefined' ? 'dev' : __RUNNER_VERSION__,
} as const

/** Files that are served as they stand; the island comes out of the build. */
export const assets = [styleSheet, siteIcon] as const

/** Address that changes with the content, so that it may be cached for ever. */
export const hrefOf = (asset: { readonly path: string; readonly version: string }): string => `${asset.path}?v=${asset.version}`
