import { mkdir, readFile, stat, writeFile } from 'node:fs/promises'
import { basename, dirname, join, relative, resolve } from 'node:path'
import { itemSkeleton } from '../authoring/print-bank.ts'
import type { Language } from '../authoring/said.ts'
import { readType, TYPE_WORDS } from '../authoring/written-types.ts'
import type { ItemType, Locale } from '../item/item.ts'
import type { ExitCode } from '../platform/words/command-line.ts'
import { checkFolder, examFolders } from './check-folder.ts'
import { writeEditorFiles } from './editor/editor-command.ts'
import { replaceFile } from './fmt-command.ts'
import { examText } from './new-exam.data.ts'
import { command, type Terminal, UsageError } from './terminal.ts'
import { textsOf } from './texts.ts'

const SLUG = /^[a-z][a-z0-9-]{0,63}$/

export interface NewOptions {
  readonly what: string | undefined
  /** The topic of an item or topic, the id of an exam. */
  readonly name: string | undefined
  readonly folder: string | undefined
  readonly type: string
  readonly language: Language
}

const exists = (path: string): Promise<boolean> =>
  stat(path).then(
    () => true,
    () => false,
  )

const frontmatter = (exam: string, topic: string, locale: Locale): string =>
  `---\nexam: ${exam}\ntopic: ${topic}\nlocale: ${locale}\ndefaults: { points: 1, difficulty: 3, status: live, v: 1 }\n---\n\n# ${topic}\n`

/** Writes a file that must not be there yet. */
async function create(path: string, text: string, terminal: Terminal): Promise<void> {
  await writeFile(path, text, { flag: 'wx' }).catch((problem: NodeJS.ErrnoException) => {
    const shown = relative(terminal.cwd, path)
    throw new UsageError((t) =>
      problem.code === 'EEXIST'
        ? t('usage.exists', { path: shown })
        : t('usage.unwritableBecause', { path: shown, code: String(problem.code) }),
    )
  })
  terminal.out(relative(terminal.cwd, path))
}

/** The one exam folder that is meant. */
async function examOf(folder: string | undefined, language: Language, terminal: Terminal) {
  const folders = await examFolders(folder === undefined ? [] : [folder], terminal)
  const [only, another] = folders
  if (only === undefined || another !== undefined) throw new UsageError((t) => t('usage.whichExam'))
  const { compiled } = await checkFolder(only, { now: terminal.now(), language, seeds: 0 })
  if (!compiled.exam)
    throw new UsageError((t) => t('usage.unreadable', { path: relative(terminal.cwd, join(only, 'exam.md')) }))
  return { folder: only, exam: compiled.exam }
}

/** Adds a draft to the topic's file in each language of the exam, under the next number that is free in all of them. */
async function newItem(
  topic: string,
  type: ItemType,
  { folder, language }: NewOptions,
  terminal: Terminal,
): Promise<void> {
  const { folder: place, exam } = await examOf(folder, language, terminal)
  const files = exam.locales.map((locale) => ({ locale, path: join(place, `${topic}.${locale}.md`) }))
  const texts = await Promise.all(
    files.map(async (file) => ({
      ...file,
      text: (await exists(file.path)) ? await readFile(file.path, 'utf8') : undefined,
    })),
  )
  if (texts.every(({ text }) => text === undefined))
    throw new UsageError((t) => t('usage.noTopic', { topic, exam: exam.id }))
  const numbers = texts.flatMap(({ text = '' }) =>
    [...text.matchAll(new RegExp(`^## ${topic}-(\\d+)`, 'gm'))].map(([, digits]) => Number(digits)),
  )
  const id = `${topic}-${String(Math.max(0, ...numbers) + 1).padStart(3, '0')}`
  for (const { locale, path, text } of texts) {
    const before = (text ?? frontmatter(exam.id, topic, locale)).trimEnd()
    await replaceFile(path, `${before}\n\n${itemSkeleton(id, type, locale)}\n`)
    terminal.out(`${relative(terminal.cwd, path)}: ${id}`)
  }
}

async function newTopic(
  topic: string,
  type: ItemType,
  { folder, language }: NewOptions,
  terminal: Terminal,
): Promise<void> {
  const { folder: place, exam } = await examOf(folder, language, terminal)
  for (const locale of exam.locales)
    await create(
      join(place, `${topic}.${locale}.md`),
      `${frontmatter(exam.id, topic, locale)}\n${itemSkeleton(`${topic}-001`, type, locale)}\n`,
      terminal,
    )
  if (!exam.sections.some((section) => section.topic === topic)) {
    const line = `  ${topic}: { title: { ja: ${topic}, en: ${topic} }, draw: 1 }`
    terminal.err(`${textsOf(language)('cli.new.addToBlueprint')}\n${line}`)
  }
}

async function newExam(id: string, type: ItemType, { language }: NewOptions, terminal: Terminal): Promise<void> {
  const base = basename(terminal.cwd) === 'exams' ? terminal.cwd : join(terminal.cwd, 'exams')
  const folder = resolve(base, id)
  if (await exists(folder)) throw new UsageError((t) => t('usage.exists', { path: relative(terminal.cwd, folder) }))
  await mkdir(folder, { recursive: true })
  await create(join(folder, 'exam.md'), examText(id), terminal)
  await create(
    join(folder, 'basics.ja.md'),
    `${frontmatter(id, 'basics', 'ja')}\n${itemSkeleton('basics-001', type, 'ja')}\n`,
    terminal,
  )
  await writeEditorFiles(dirname(base), language, terminal)
}

/** `kentei new item|topic|exam <name>`: something to write over, as drafts. Nothing that is there is overwritten. */
async function runNew(options: NewOptions, terminal: Terminal): Promise<ExitCode> {
  const { what, name, type: written } = options
  if (name === undefined || !SLUG.test(name)) throw new UsageError((t) => t('usage.new'))
  const type = readType(written)
  if (!type) throw new UsageError((t) => t('usage.noType', { written }))
  if (what === 'item') await newItem(name, type, options, terminal)
  else if (what === 'topic') await newTopic(name, type, options, terminal)
  else if (what === 'exam') await newExam(name, type, options, terminal)
  else throw new UsageError((t) => t('usage.newWhat', { what: what ?? '' }))
  return 0
}

export const newCommand = command({
  describe: (t) => t('command.new'),
  mostArguments: 2,
  options: (t) => ({
    in: { type: 'string', description: t('option.new.in'), valueHint: 'folder' },
    type: {
      type: 'string',
      description: t('option.new.type', { types: Object.values(TYPE_WORDS.single).join(', ') }),
      default: 'single',
    },
  }),
  run: ({ args, language, terminal }) =>
    runNew({ what: args._[0], name: args._[1], folder: args.in, type: args.type, language }, terminal),
})
