import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { type MessageFormatElement, parse, TYPE } from '@formatjs/icu-messageformat-parser'
import { givenNames, isVariantOf, type Messages } from '../platform/words/catalogue.ts'
import { type Message, shortened } from '../platform/words/message.ts'
import { type Readings, readReadings, withReadings } from './readings.ts'

type Sentences = Readonly<Record<string, string>>

async function tagsOf(folder: string): Promise<readonly string[]> {
  const entries = await readdir(folder, { withFileTypes: true })
  return entries
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => name)
    .sort()
}

const isVariantAmong = (tags: readonly string[]) => (tag: string) => tags.some((other) => isVariantOf(tag, other))

/** The languages of a folder of texts: its folders that have every subject. */
export async function languagesOf(folder: string): Promise<readonly string[]> {
  const tags = await tagsOf(folder)
  return tags.filter((tag) => !isVariantAmong(tags)(tag))
}

/** The variants of languages in a folder of texts: `ja-simple` beside `ja`. They have some subjects, and of these some sentences. */
export async function variantsOf(folder: string): Promise<readonly string[]> {
  const tags = await tagsOf(folder)
  return tags.filter(isVariantAmong(tags))
}

/** The subjects of a folder of texts: the files of any language. */
export async function subjectsOf(folder: string): Promise<readonly string[]> {
  const files = await Promise.all((await languagesOf(folder)).map((language) => readdir(join(folder, language))))
  return [...new Set(files.flat().map((file) => basename(file, '.json')))].sort()
}

/** The sentences of a subject as they are written, by tag. @throws where a language has no such file. */
async function readTags(folder: string, subject: string, tags: readonly string[]) {
  const read = async (tag: string) =>
    [tag, JSON.parse(await readFile(join(folder, tag, `${subject}.json`), 'utf8')) as Sentences] as const
  return Object.fromEntries(await Promise.all(tags.map(read)))
}

/** The sentences of a subject as they are written, by language. @throws where a language has no such file. */
export const readSentences = async (folder: string, subject: string): Promise<Readonly<Record<string, Sentences>>> =>
  readTags(folder, subject, await languagesOf(folder))

/** The same of the variants that have the subject. */
export async function readVariants(folder: string, subject: string): Promise<Readonly<Record<string, Sentences>>> {
  const variants = await variantsOf(folder)
  const files = await Promise.all(variants.map((variant) => readdir(join(folder, variant))))
  const own = variants.filter((_, at) => files[at]?.includes(`${subject}.json`))
  return readTags(folder, subject, own)
}

/** `<` is a letter in sentences: what stands out on a page is put in as a value. */
export const parseMessage = (message: string): readonly MessageFormatElement[] => parse(message, { ignoreTag: true })

/** A message in which words have their readings. */
export const readMessage = (
  parts: readonly MessageFormatElement[],
  readings: Readings,
): readonly MessageFormatElement[] =>
  parts.map((part) => {
    if (part.type === TYPE.literal) return { ...part, value: withReadings(part.value, readings) }
    if (part.type !== TYPE.plural && part.type !== TYPE.select) return part
    const options = Object.entries(part.options).map(
      ([name, { value }]) => [name, { value: [...readMessage(value, readings)] }] as const,
    )
    return { ...part, options: Object.fromEntries(options) } as MessageFormatElement
  })

function compileMessage(message: string, readings: Readings): Message {
  const parts = readMessage(parseMessage(message), readings)
  const [only] = parts
  if (!only) return ''
  return parts.length === 1 && only.type === TYPE.literal ? only.value : shortened(parts)
}

/** A subject as bundles carry it: parsed, so that no service needs the parser. `path` is `src/texts/<subject>`. */
export async function compileTexts(path: string): Promise<Messages> {
  const [folder, subject] = [dirname(path), basename(path)]
  const sentences = { ...(await readSentences(folder, subject)), ...(await readVariants(folder, subject)) }
  const compiled = Object.entries(sentences).map(async ([tag, messages]) => {
    const readings = await readReadings(join(folder, tag))
    const own = Object.entries(messages).map(([key, message]) => [key, compileMessage(message, readings)])
    return [tag, Object.fromEntries(own)] as const
  })
  return Object.fromEntries(await Promise.all(compiled))
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
  const union = (tags: readonly string[]) => tags.map((tag) => `'${tag}'`).join(' | ') || 'never'
  await mkdir('dist', { recursive: true })
  await writeFile(
    'dist/texts.d.ts',
    `export type Language = ${union(await languagesOf(folder))}\n\n/** Some sentences of a language in simpler words, or the like. */\nexport type Variant = ${union(await variantsOf(folder))}\n\nexport interface Subjects {\n${subjects.join('\n')}\n}\n`,
  )
}
