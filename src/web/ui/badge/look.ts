import type { State } from './words.ts'

const css = `:host{display:inline-block;max-width:100%;vertical-align:middle}:host([hidden]){display:none}
a{display:flex;gap:12px;align-items:center;box-sizing:border-box;min-width:200px;max-width:100%;padding:10px 16px 10px 12px;border:1px solid light-dark(#dcdad3,#454a54);border-radius:12px;background:light-dark(#fff,#1d2129);color:light-dark(#1f2430,#eceae5);font:15px/1.45 system-ui,sans-serif;text-decoration:none;text-align:start}
a:hover{border-color:currentColor}a:focus-visible{outline:3px solid light-dark(#264a8e,#9db7f2);outline-offset:2px}
img{flex:none}.text{display:grid;min-width:0;overflow-wrap:anywhere}
.state{display:flex;gap:5px;align-items:center;font-weight:700;font-size:14px;color:light-dark(#525866,#b9bcc4)}
.valid .state{color:light-dark(#0f6a48,#6fd0a4)}.suspended .state{color:light-dark(#7a5200,#e6bd62)}.revoked .state,.invalid .state{color:light-dark(#b3301b,#ff9c86)}
small{font-size:13px;color:light-dark(#525866,#b9bcc4)}svg{flex:none;width:16px;height:16px;fill:none;stroke:currentColor;stroke-width:2}`

let sheet: CSSStyleSheet | undefined

/** One constructed sheet for all badges of a page: a policy against inline styles does not forbid it. */
export function badgeSheet(): CSSStyleSheet {
  if (!sheet) {
    sheet = new CSSStyleSheet()
    sheet.replaceSync(css)
  }
  return sheet
}

const CROSS = 'M5 5l10 10M15 5L5 15'
const QUESTION = 'M6 7a4 4 0 1 1 5 4l-1 1v1M10 17v.1'
const marks: Readonly<Record<State, string>> = {
  valid: 'M4 10.5l4 4 8-9',
  expired: 'M10 3a7 7 0 1 0 .1 0M10 6v4l3 2',
  suspended: 'M7 5v10M13 5v10',
  revoked: CROSS,
  invalid: CROSS,
  unknown: QUESTION,
  missing: QUESTION,
  erased: 'M5 10h10',
  asking: 'M4 10h.1M10 10h.1M16 10h.1',
}

/** The sign of a state, beside its word. */
export function markOf(state: State): SVGSVGElement {
  const make = <K extends 'svg' | 'path'>(name: K) => document.createElementNS('http://www.w3.org/2000/svg', name)
  const svg = make('svg')
  svg.setAttribute('viewBox', '0 0 20 20')
  svg.setAttribute('aria-hidden', 'true')
  const path = make('path')
  path.setAttribute('d', marks[state])
  svg.replaceChildren(path)
  return svg
}
