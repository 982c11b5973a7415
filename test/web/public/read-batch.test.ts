import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { readBatch } from '../../../src/web/public/verify-routes.ts'

const read = (text: string) => readBatch(new TextEncoder().encode(text))
const issueOf = async (text: string) => {
  const batch = await read(text)
  return batch.ok || batch.problem.code !== 'malformed' ? batch : batch.problem.issues[0]
}

describe('the body of a batch', () => {
  it('is read as JSON.parse reads it, with whatever else it holds, however it is spaced', async () => {
    const members = fc.dictionary(fc.string(), fc.jsonValue({ maxDepth: 3 }), { maxKeys: 4 })
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.string({ unit: 'binary' }), { minLength: 1, maxLength: 20 }),
        members,
        members,
        fc.constantFrom('', ' ', '\n\t'),
        async (credentials, before, after, space) => {
          const text = JSON.stringify(
            {
              ...before,
              credentials,
              ...Object.fromEntries(Object.entries(after).filter(([name]) => name !== 'credentials')),
            },
            null,
            space,
          )
          expect(await read(text)).toEqual({
            ok: true,
            value: JSON.parse(text).credentials.map((one: string) => one.toWellFormed()),
          })
        },
      ),
    )
  })

  it.each([
    ['{', 'the body is not JSON'],
    ['', 'the body is not JSON'],
    ['[]', 'the body is not JSON'],
    ['{"credentials":["a"]}x', 'the body is not JSON'],
    ['{"credentials":["a",]}', 'expected a text'],
    ['{"credentials":["a" "b"]}', 'the body is not JSON'],
    ['{"credentials":["\u0001"]}', 'the body is not JSON'],
    ['{"credentials":["a', 'holds a text that does not end within 262144 bytes'],
    ['{"credentials":[7]}', 'expected a text'],
    ['{"credentials":"a"}', 'expected a list of texts'],
    ['{"credentials":[]}', 'expected a list of at least one text'],
    ['{"other":{"credentials":["a"]}}', 'expected a list of at least one text'],
    [`{"credentials":[${'"",'.repeat(1_001)}""]}`, 'expected at most 1000'],
    [`{"x":${'['.repeat(300_000)}`, 'holds more than 262144 bytes besides its credentials'],
    [`{"credentials":[${' '.repeat(300_000)}"a"]}`, 'holds more than 262144 bytes besides its credentials'],
    [`{"credentials":["${'\\"'.repeat(200_000)}"]}`, 'holds a text that does not end within 262144 bytes'],
  ])('is refused with the place of what is wrong: %.40s', async (text, message) =>
    expect(await issueOf(text)).toMatchObject({ message }),
  )

  it('lets others go first while it is read', async () => {
    const order: string[] = []
    const reading = read(JSON.stringify({ credentials: Array.from({ length: 100 }, () => 'A'.repeat(20_000)) })).then(
      () => order.push('read'),
    )
    setImmediate(() => order.push('other'))
    await reading
    expect(order).toEqual(['other', 'read'])
  })
})
