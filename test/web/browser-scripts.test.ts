import { globSync, readFileSync } from 'node:fs'
import { expect, it } from 'vitest'

it('no script for browsers writes HTML or evaluates text', () => {
  const files = globSync([
    'src/web/candidate/island/*.ts',
    'src/web/candidate/types/*island.ts',
    'src/web/candidate/tasks/*/*island.ts',
    'src/web/ui/{badge/kentei-badge,share/copy,waiting/waiting}.ts',
    'src/web/public/print.ts',
  ])
  expect(files.length).toBeGreaterThan(10)
  for (const file of files)
    expect(readFileSync(file, 'utf8'), file).not.toMatch(
      /\b(innerHTML|outerHTML|insertAdjacentHTML|createContextualFragment|document\.write|setHTMLUnsafe|srcdoc)\b|\beval\(|new Function/,
    )
})

it('scripts keep in the browser the answers, marks and ticked rules of an open attempt, and nothing else', () => {
  const files = globSync('src/web/**/*.{ts,tsx}')
  const lines = files.flatMap((file) => readFileSync(file, 'utf8').split('\n'))
  const kept = lines
    .filter((line) => /\b(?:localStorage|sessionStorage|indexedDB|document\.cookie|caches\.)/.test(line))
    .map((line) => line.trim())
  expect(kept.filter((line) => /setItem|document\.cookie =|indexedDB|sessionStorage|caches\./.test(line))).toEqual([
    'localStorage.setItem(name, JSON.stringify(value))',
    // which rules are ticked, for a day and below the attempt's address alone
    expect.stringMatching(/^document\.cookie = `ticks=[^`]*;path=\$\{path\};max-age=86400;samesite=lax`$/),
  ])
  const calls = lines
    .map((line) => /\bremember\(([^)]*)\)/.exec(line)?.[1])
    .filter((call) => call !== undefined && !call.includes(':'))
  expect([...new Set(calls)].sort()).toEqual(['flagKey, flags(', 'key, pending'])
})
