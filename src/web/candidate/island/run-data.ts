import type { RunData } from './run-types.ts'

export const element = <T extends HTMLElement>(id: string) => document.getElementById(id) as T

export const run = JSON.parse(element('run')?.dataset.run ?? '{}') as RunData
export const { texts } = run

/** Puts values into a finished sentence: `{time} に保存しました`. */
export const fill = (text: string, values: Record<string, string | number>) =>
  text.replace(/\{(\w+)\}/g, (_, name: string) => String(values[name]))

/** Says something to screen readers: politely, or at once with `alert`. */
export function say(text: string, where: 'say' | 'alert' = 'say') {
  const region = element(where)
  region.textContent = ''
  // a live region speaks only when its text changes
  setTimeout(() => {
    region.textContent = text
  }, 50)
}
