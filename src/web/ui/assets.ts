import { css } from './kentei-css.ts'

/** Replaced by the build with the bundled island. */
declare const __RUNNER_BODY__: string | undefined
const runnerBody = typeof __RUNNER_BODY__ === 'undefined' ? '' : __RUNNER_BODY__
declare const __WAITING_BODY__: string | undefined
const waitingBody = typeof __WAITING_BODY__ === 'undefined' ? '' : __WAITING_BODY__
declare const __BADGE_BODY__: string | undefined
const badgeBody = typeof __BADGE_BODY__ === 'undefined' ? '' : __BADGE_BODY__

/** FNV-1a, 32 bits: names a version of a file for caches; it protects nothing. */
function fingerprint(text: string): string {
  let hash = 0x811c9dc5
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193)
  return (hash >>> 0).toString(36)
}

/** Without line breaks and comments: the wire does not need them. */
const squeezed = css
  .replace(/\/\*[^]*?\*\//g, '')
  .replace(/\s*\n\s*/g, '')
  .replace(/\s*([{};,])\s*/g, '$1')
  .replace(/;}/g, '}')

export const styleSheet = { path: '/assets/kentei.css', type: 'text/css; charset=utf-8', body: squeezed, version: fingerprint(squeezed) } as const

/** The exam's island, bundled by the build. Pages work without it. */
export const runnerScript = {
  path: '/assets/runner.js',
  type: 'text/javascript; charset=utf-8',
  body: runnerBody,
  version: fingerprint(runnerBody),
} as const

/** The island of the page for those who wait. */
export const waitingScript = { path: '/assets/waiting.js', type: 'text/javascript; charset=utf-8', body: waitingBody, version: fingerprint(waitingBody) } as const

/** The `<kentei-badge>` element for other sites. They write its address into their pages, so that it never changes. */
export const badgeScript = { path: '/kentei-badge.js', type: 'text/javascript; charset=utf-8', body: badgeBody, version: fingerprint(badgeBody) } as const

/** Address that changes with the content, so that it may be cached for ever. */
export const hrefOf = (asset: { readonly path: string; readonly version: string }): string => `${asset.path}?v=${asset.version}`
