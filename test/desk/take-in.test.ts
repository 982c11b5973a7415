import { expect, it, vi } from 'vitest'
import { openTakeIn } from '../../src/desk/take-in.ts'

vi.mock('../../src/desk/shrink-picture.ts', async (original) => ({
  ...(await original<typeof import('../../src/desk/shrink-picture.ts')>()),
  shrinkPicture: async (file: File) => ({ is: 'picture', bytes: file, ending: 'png' }),
}))

function openPage(taken: readonly string[]) {
  const inserted: string[] = []
  const said: string[] = []
  const page = { shows: 'office.ja.md#office-001' }
  const takeIn = openTakeIn({
    words: ((key: string) => key) as never,
    client: {
      sendAsset: async (name) => {
        await Promise.resolve()
        return taken.includes(name) ? { is: 'taken' } : { is: 'put', path: `assets/${name}` }
      },
    },
    language: 'ja',
    program: '',
    put: async () => undefined,
    say: (text) => void said.push(text),
    nameOf: () => 'office-001',
    assets: new Set(),
  })
  const field = () => ({ shows: () => page.shows, insertBlock: (text: string) => void inserted.push(text) }) as never
  return { inserted, said, page, send: () => takeIn.pictures(field, [new File(['x'], 'x.png')]) }
}

it('a picture takes the next number where a colleague has taken its name meanwhile', async () => {
  const { inserted, send } = openPage(['office-001-1.png', 'office-001-2.png'])
  await send()
  expect(inserted.join()).toContain('(assets/office-001-3.png)')
})

it('a picture is put into no other text than the one that was open when it was chosen', async () => {
  const { inserted, said, page, send } = openPage([])
  const sent = send()
  page.shows = 'office.ja.md#office-002'
  await sent
  expect([inserted, said.at(-1)]).toEqual([[], 'editor.picture.elsewhere'])
})
