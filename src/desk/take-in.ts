import type { Language } from '../authoring/said.ts'
import { type AskChecker, startChecker } from './ask-checker.ts'
import type { DeskClient } from './desk-client.ts'
import type { Editor } from './open-editor.ts'
import { pictureName, shrinkPicture } from './shrink-picture.ts'
import type { Pasted, Taken } from './take-paste.ts'
import type { Words } from './words.ts'

interface Surroundings {
  readonly words: Words
  readonly client: Pick<DeskClient, 'sendAsset'>
  readonly language: Language
  /** Address of the program that reads what was pasted. */
  readonly program: string
  /** Tells the checkers of a new picture. */
  put(file: { readonly path: string; readonly content: Uint8Array }): Promise<unknown>
  say(text: string): void
  /** What a picture is called after. */
  nameOf(): string
  /** Paths of pictures that are there. */
  readonly assets: Set<string>
}

/** Of what was lost of a paste; a document may hold pictures by the dozen. */
const MOST_SAID = 3

/** Names that colleagues have taken since the page asked. */
const MOST_TRIES = 20

/** What is put into a text from elsewhere: pages, tables, pictures. */
export function openTakeIn({ words: t, language, program, client, put, say, nameOf, assets }: Surroundings) {
  let reader: AskChecker | undefined
  const read: AskChecker = (asked) => {
    reader ??= startChecker(program)
    return reader(asked)
  }

  /** What is put in comes after a while: meanwhile the field may show something else. */
  function openPlace(into: () => Editor): (put: (editor: Editor) => void) => boolean {
    const place = into().shows()
    return (put) => {
      if (into().shows() !== place) return false
      put(into())
      return true
    }
  }

  function putIn(into: Editor, taken: Taken | undefined, text: string): void {
    into.insert(taken?.markdown ?? text)
    const { lost: all = [] } = taken ?? {}
    const more = all.length > MOST_SAID ? [t('editor.paste.more', { count: all.length - MOST_SAID })] : []
    const lost = new Intl.ListFormat(language).format([...all.slice(0, MOST_SAID), ...more])
    say(
      [taken?.isCut ? t('editor.paste.cut') : '', lost === '' ? '' : t('editor.paste.lost', { what: lost })]
        .filter((one) => one !== '')
        .join(' '),
    )
  }

  /** Without a connection the program that reads it does not come: its words are not lost. */
  function putInPlain(into: Editor, { html, text }: Pasted): void {
    reader = undefined
    into.insert(text || (new DOMParser().parseFromString(html, 'text/html').body.textContent ?? ''))
    say(t('editor.paste.plain'))
  }

  /** Sends a picture under the first number that nobody has taken meanwhile. */
  async function sendPicture(name: string, bytes: Blob, ending: string) {
    for (let tries = 1; ; tries += 1) {
      const called = pictureName(name, assets, ending)
      const sent = await client.sendAsset(called, bytes)
      if (sent.is !== 'taken' || tries === MOST_TRIES) return sent
      assets.add(`assets/${called}`)
    }
  }

  /** @returns what is to be said of it. */
  async function picture(at: ReturnType<typeof openPlace>, name: string, file: File): Promise<string> {
    const shrunk = await shrinkPicture(file)
    if (shrunk.is !== 'picture') return t(`editor.picture.${shrunk.is}`)
    const { bytes, ending } = shrunk
    const sent = await sendPicture(name, bytes, ending)
    if (sent.is !== 'put') return t(sent.is === 'too-large' ? 'editor.state.too-large' : 'editor.picture.refused')
    assets.add(sent.path)
    await put({ path: sent.path, content: new Uint8Array(await bytes.arrayBuffer()) })
    const isIn = at((into) => into.insertBlock(`![\u2045${t('editor.insert.picture')}\u2046](${sent.path})`))
    return isIn
      ? t('editor.picture.put', { kilobytes: Math.ceil(bytes.size / 1_000) })
      : t('editor.picture.elsewhere', { path: sent.path })
  }

  /** One after the other: each stands below the one before, and gets the next number. */
  async function pictures(into: () => Editor, files: readonly File[]): Promise<void> {
    const [at, name] = [openPlace(into), nameOf()]
    say(t('editor.picture.working'))
    const said = new Set<string>()
    for (const file of files) said.add(await picture(at, name, file))
    say([...said].join(' '))
  }

  return {
    pictures,
    /** Takes what was pasted or dropped. @returns whether it is anything else than plain text. */
    pasted(into: () => Editor, data: DataTransfer): boolean {
      const shown = [...data.files].filter(({ type }) => type.startsWith('image/'))
      const pasted = { html: data.getData('text/html'), text: data.getData('text/plain') }
      // a page of a spreadsheet comes as a picture too
      if (shown.length > 0 && pasted.text === '') {
        void pictures(into, shown)
        return true
      }
      // what is text the editor reads itself
      if (pasted.text === '' && [...data.files].some(({ type }) => !type.startsWith('text/'))) {
        say(t('editor.paste.file'))
        return true
      }
      if (pasted.html === '' && !pasted.text.includes('\t')) return false
      const at = openPlace(into)
      const inPlace = (put: (editor: Editor) => void) => {
        if (!at(put)) say(t('editor.paste.elsewhere'))
      }
      void read({ ask: 'paste', language, pasted }).then(
        (taken) => inPlace((editor) => putIn(editor, taken, pasted.text)),
        () => inPlace((editor) => putInPlain(editor, pasted)),
      )
      return true
    },
  }
}
