import { globSync, readFileSync } from 'node:fs'
import { expect, it } from 'vitest'

it('no script for browsers writes HTML or evaluates text', () => {
  const files = globSync('src/web/ui/{runner,badge}/**/*.ts')
  expect(files.length).toBeGreaterThan(5)
  for (const file of files)
    expect(readFileSync(file, 'utf8'), file).not.toMatch(/\b(innerHTML|outerHTML|insertAdjacentHTML|createContextualFragment|document\.write|setHTMLUnsafe|srcdoc)\b|\beval\(|new Function/)
})
