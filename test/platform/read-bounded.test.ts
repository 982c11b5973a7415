import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { readAnswer, readBounded, readJsonAnswer } from '../../src/platform/http/read-bounded.ts'
import { endless } from '../support/endless.ts'

const streamOf = (chunks: readonly Uint8Array[]) =>
  new ReadableStream<Uint8Array>({
    start(controller) {
      for (const chunk of chunks) controller.enqueue(chunk)
      controller.close()
    },
  })

describe('a stream that is read within a bound', () => {
  it('is read whole, however it is cut, or not at all', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.uint8Array({ maxLength: 40 }), { maxLength: 12 }),
        fc.nat(300),
        async (chunks, most) => {
          const whole = Uint8Array.from(chunks.flatMap((chunk) => [...chunk]))
          const read = await readBounded(streamOf(chunks), most)
          expect(read).toEqual(whole.length > most ? 'too-long' : whole)
        },
      ),
    )
  })

  it('is asked for no more than the bound and one piece, and is told so', async () => {
    const { asked, body } = endless()
    expect(await readBounded(body, 200_000)).toBe('too-long')
    expect(asked.bytes).toBeLessThanOrEqual(200_000 + 2 * 65_536)
    expect(asked.cancelled).toBe(true)
  })

  it('may come in packets of a network, and not in pieces of a byte', async () => {
    const packets = Array.from({ length: 720 }, () => new Uint8Array(1_456))
    expect(await readBounded(streamOf(packets), 1_048_576)).toHaveLength(720 * 1_456)
    const asked = { pieces: 0, cancelled: false }
    const crumbs = new ReadableStream<Uint8Array>({
      pull(controller) {
        asked.pieces += 1
        if (asked.pieces > 60_000) controller.close()
        else controller.enqueue(new Uint8Array(1))
      },
      cancel() {
        asked.cancelled = true
      },
    })
    expect(await readBounded(crumbs, 65_536)).toBe('too-long')
    expect(asked.pieces).toBeLessThan(250)
    expect(asked.cancelled).toBe(true)
  })

  it('as text or JSON is nothing where it is longer or no JSON', async () => {
    expect(await readAnswer({ body: endless().body }, 1_000)).toBeUndefined()
    expect(await readJsonAnswer({ body: endless().body }, 1_000)).toBeUndefined()
    expect(await readJsonAnswer(new Response('{"a":"検定"}'), 1_000)).toEqual({ a: '検定' })
    expect(await readJsonAnswer(new Response('{'), 1_000)).toBeUndefined()
    expect(await readAnswer(new Response(null, { status: 204 }), 1_000)).toBe('')
  })
})
