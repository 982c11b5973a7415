/** A Worker that asks databases what it is sent. */
const DOOR = `
export default {
  async fetch(request, env) {
    const { database, statements, way } = await request.json()
    const prepared = statements.map(({ text, values }) => env[database].prepare(text).bind(...values))
    try {
      return Response.json(way === 'batch' ? await env[database].batch(prepared) : await prepared[0][way]())
    } catch (error) {
      return new Response(error.message, { status: 500 })
    }
  },
}`
const NAME = 'd1-door'

interface Prepared {
  readonly text: string
  readonly values: readonly unknown[]
}

/** The Worker to open beside those under test, over their databases: each under the id that they bind. */
export const d1Door = (...ids: readonly string[]) => ({
  name: NAME,
  modules: true as const,
  script: DOOR,
  compatibilityDate: '2026-01-01',
  d1Databases: Object.fromEntries(ids.map((id) => [id, id])),
})

interface Doors {
  getWorker(name: string): Promise<unknown>
}

/**
 * A database of workerd through the door beside it. Miniflare's own stand-in holds up the whole process at each of the three
 * steps of a statement, and with it the requests that are to race.
 */
export async function openD1(miniflare: Doors, id: string): Promise<D1Database> {
  const door = (await miniflare.getWorker(NAME)) as { fetch: typeof fetch }
  const ask = async (way: string, statements: readonly Prepared[]): Promise<unknown> => {
    const response = await door.fetch('http://door', {
      method: 'POST',
      body: JSON.stringify({ database: id, statements, way }),
    })
    if (!response.ok) throw new Error(await response.text())
    return response.json()
  }
  const prepare = (text: string, values: readonly unknown[] = []): object => {
    const alone = (way: string) => () => ask(way, [{ text, values }])
    return {
      text,
      values,
      bind: (...bound: unknown[]) => prepare(text, bound),
      all: alone('all'),
      run: alone('run'),
      raw: alone('raw'),
      first: alone('first'),
    }
  }
  return {
    prepare: (text: string) => prepare(text),
    batch: (statements: readonly Prepared[]) =>
      ask(
        'batch',
        statements.map(({ text, values }) => ({ text, values })),
      ),
  } as unknown as D1Database
}
