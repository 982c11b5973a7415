import { readdir } from 'node:fs/promises'
import { describe, expect, it } from 'vitest'
import { textsOf } from '../../../src/sandbox/pages/parts/layout.tsx'
import { contractTexts } from '../../../src/sandbox/pages/texts/contract-texts.ts'

/** A name that is written from right to left and ends in a sign that belongs to neither direction. */
const NAME = 'נועם (ב)'
const ISOLATED = `\u2068${NAME}\u2069`

/** Every function of a table, by its path. */
function* functionsOf(value: unknown, path: string): Generator<[path: string, sentence: (...given: unknown[]) => unknown]> {
  if (typeof value === 'function') yield [path, value as (...given: unknown[]) => unknown]
  else if (typeof value === 'object' && value !== null) for (const [name, one] of Object.entries(value)) yield* functionsOf(one, `${path}.${name}`)
}

describe('a name that is written from right to left', () => {
  it('stands by itself in every sentence of the marketplace that takes it', async () => {
    const loose: string[] = []
    let sentences = 0
    const files = (await readdir('src/sandbox/pages/texts')).filter((name) => name.endsWith('-texts.ts')).map((name) => name.slice(0, -'.ts'.length))
    const tables: [string, unknown][] = await Promise.all(files.map(async (file) => [file, await import(`../../../src/sandbox/pages/texts/${file}.ts`)] as [string, unknown]))
    for (const [file, table] of [...tables, ['ja', textsOf('ja')], ['en', textsOf('en')]] as [string, unknown][]) {
      for (const [path, sentence] of functionsOf(table, file)) {
        let said: unknown
        try {
          said = sentence(NAME, NAME, NAME)
        } catch {
          continue
        }
        if (typeof said !== 'string' || !said.includes(NAME)) continue
        sentences += 1
        if (said.replaceAll(ISOLATED, '').includes(NAME)) loose.push(path)
      }
    }
    expect(sentences).toBeGreaterThan(20)
    expect(loose).toEqual([])
    const names = { client: NAME, worker: 'つどい' }
    for (const locale of ['ja', 'en'] as const) {
      const said = ['funded', 'working', 'delivered'].map((situation) => String(contractTexts[locale].theirs(situation as never, names as never)))
      expect(said.filter((text) => text.includes(NAME) && !text.includes(ISOLATED))).toEqual([])
      expect(said.join()).not.toContain('\u2068つどい')
    }
  })
})
