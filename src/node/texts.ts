import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { type MessageFormatElement, parse, TYPE } from '@formatjs/icu-messageformat-parser'
import { givenNames, type Messages } from '../platform/words/catalogue.ts'

type Sentences = Readonly<Record<string, string>>

/** The languages of a folder of texts: its folders. */
export async function languagesOf(folder: string): Promise<readonly string[]> {
  const entries = await readdir(folder, { withFileTypes: true })
  return entries
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => name)
    .sort()
}

/** The subjects of a folder of texts: the files of any language. */
export async function subjectsOf(folder: string): Promise<readonly string[]> {
  const files = await Promise.all((await languagesOf(folder)).map((language) => readdir(join(folder, language))))
  return [...new Set(files.flat().map((file) => basename(file, '.json')))].sort()
}

/** The sentences of a subject as they are written, by language. @throws where a language has no such file. */
export async function readSentences(folder: string, subject: string): Promise<Readonly<Record<string, Sentences>>> {
  const read = async (language: string) =>
    [language, JSON.parse(await readFile(join(folder, language, `${subject}.json`), 'utf8')) as Sentences] as const
  return Object.fromEntries(await Promise.all((await languagesOf(folder)).map(read)))
}

/** `<` is a letter in sentences: what stands out on a page is put in as a value. */
export const parseMessage = (message: string): readonly MessageFormatElement[] => parse(message, { ignoreTag: true })

/** A subject as bundles carry it: parsed, so that no service needs the parser. `path` is `src/texts/<subject>`. */
export async function compileTexts(path: string): Promise<Messages> {
  const compile = (message: string) => {
    const parts = parseMessage(message)
    const [only] = parts
    if (!only) return ''
    return parts.length === 1 && only.type === TYPE.literal ? only.value : parts
  }
  const sentences = await readSentences(dirname(path), basename(path))
  return Object.fromEntries(
    Object.entries(sentences).map(([language, messages]) => [
      language,
      Object.fromEntries(Object.entries(messages).map(([key, message]) => [key, compile(message)])),
    ]),
  )
}

/** Types of TypeScript by the name of a value; what a message merely shows may be either. */
type Needed = Map<string, string>
const SHOWN = 'string | number'

/** Adds what a message needs to be filled in. A value that one language counts by and another merely shows is a number. */
export function noteArguments(parts: readonly MessageFormatElement[], needed: Needed): Needed {
  const given = (name: string) => (givenNames as readonly string[]).includes(name)
  const note = (name: string, type: string) =>
    !given(name) && !(type === SHOWN && needed.has(name)) && needed.set(name, type)
  for (const part of parts) {
    if (part.type === TYPE.argument) note(part.value, SHOWN)
    if (part.type === TYPE.number || part.type === TYPE.plural) note(part.value, 'number')
    if (part.type === TYPE.select)
      note(
        part.value,
        Object.keys(part.options)
          .map((name) => (name === 'other' ? '(string & {})' : `'${name}'`))
          .join(' | '),
      )
    if (part.type === TYPE.plural || part.type === TYPE.select)
      for (const { value } of Object.values(part.options)) noteArguments(value, needed)
  }
  return needed
}

/** Writes the keys of all subjects and what their messages need into `dist/texts.d.ts`, for the compiler alone. */
export async function writeTextTypes(folder = 'src/texts'): Promise<void> {
  const subjects = await Promise.all(
    (await subjectsOf(folder)).map(async (subject) => {
      const keys = new Map<string, Needed>()
      for (const sentences of Object.values(await readSentences(folder, subject)))
        for (const [key, message] of Object.entries(sentences))
          keys.set(key, noteArguments(parseMessage(message), keys.get(key) ?? new Map()))
      const lines = [...keys].map(([key, needed]) => {
        const members = [...needed].map(([name, type]) => `readonly ${name}: ${type}`)
        return `    readonly '${key}': ${members.length > 0 ? `{ ${members.join('; ')} }` : 'undefined'}`
      })
      return `  readonly '${subject}': {\n${lines.join('\n')}\n  }`
    }),
  )
  const languages = (await languagesOf(folder)).map((language) => `'${language}'`).join(' | ')
  await mkdir('dist', { recursive: true })
  await writeFile(
    'dist/texts.d.ts',
    `export type Language = ${languages}\n\nexport interface Subjects {\n${subjects.join('\n')}\n}\n`,
  )
}
