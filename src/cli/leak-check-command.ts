import { readFile } from 'node:fs/promises'
import { resolve } from 'node:path'
import { type FoundLeak, findLeaks, type Leakable } from '../authoring/find-leaks.ts'
import { textOfHtml } from '../authoring/lint/subject.ts'
import { recogniseDraw } from '../authoring/recognise-draw.ts'
import type { Language } from '../authoring/said.ts'
import { choicesOf } from '../item/definition-of.ts'
import type { Values } from '../item/expression.ts'
import type { ItemStatus, Locale, Wording } from '../item/item.ts'
import { STATUS_WORDS } from '../item/source/status-words.data.ts'
import type { ExitCode } from '../platform/words/command-line.ts'
import { checkFolder, examFolders } from './check-folder.ts'
import { command, jsonOption, type Terminal, UsageError } from './terminal.ts'
import { textsOf } from './texts.ts'

const LARGEST = 20_000_000

/** What a candidate reads of a wording. Slots of a parametric item stand for any number and are left out. */
function leakableOf(item: string, locale: Locale, { stem }: Wording): Leakable {
  return { item, locale, stem: textOfHtml(stem.html), parts: choicesOf(stem).map(({ text }) => text) }
}

async function readPasted(path: string): Promise<string> {
  const bytes = await readFile(path).catch((problem: NodeJS.ErrnoException) => {
    throw new UsageError((t) => t('usage.unreadableBecause', { path, code: String(problem.code) }))
  })
  if (bytes.length > LARGEST)
    throw new UsageError((t) => t('usage.largerThan', { path, megabytes: LARGEST / 1_000_000 }))
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    throw new UsageError((t) => t('usage.notUtf8', { path }))
  }
}

export interface LeakCheckOptions {
  readonly file: string
  readonly folders: readonly string[]
  readonly json: boolean
  readonly language: Language
}

/** A leak with what is known of the item. */
interface Hit extends FoundLeak {
  readonly exam: string
  /** Nobody was ever shown the item: the bank itself got out. */
  readonly honeypot: boolean
  /** Of a parametric item, what the text shows of its draw. */
  readonly values?: Values
}

interface Known {
  readonly exam: string
  readonly status: ItemStatus
  readonly leakable: Leakable
  readonly wording: Wording
}

async function itemsOf(folders: readonly string[], language: Language, terminal: Terminal): Promise<Known[]> {
  const known: Known[] = []
  for (const folder of await examFolders(folders, terminal)) {
    const { compiled } = await checkFolder(folder, { now: terminal.now(), language, seeds: 0 })
    // what anybody may read cannot get out
    for (const { item } of compiled.items)
      for (const [locale, wording] of Object.entries(item?.wordings ?? {}))
        if (item && item.status !== 'practice')
          known.push({
            exam: compiled.exam?.id ?? '',
            status: item.status,
            leakable: leakableOf(item.id, locale as Locale, wording),
            wording,
          })
  }
  return known
}

/** Honeypots first: they say the most. */
function hitsOf(text: string, items: readonly Known[]): Hit[] {
  const hits = findLeaks(
    text,
    items.map(({ leakable }) => leakable),
  ).map((found): Hit => {
    const known = items.find(
      ({ leakable }) => leakable.item === found.item && leakable.locale === found.locale,
    ) as Known
    const values = recogniseDraw(text, found.at, known.wording)
    return {
      ...found,
      exam: known.exam,
      honeypot: known.status === 'honeypot',
      ...(Object.keys(values).length > 0 ? { values } : {}),
    }
  })
  return [...hits.filter(({ honeypot }) => honeypot), ...hits.filter(({ honeypot }) => !honeypot)]
}

/** A passage of which so much stands in an item was copied, not remembered. */
const WORD_FOR_WORD = 0.8

function describe(
  { item, locale, kind, containment, at, excerpt, honeypot, values }: Hit,
  text: string,
  language: Language,
): string[] {
  const t = textsOf(language)
  const line = text.slice(0, at).split('\n').length
  const isCopied = honeypot && kind === 'recalled' && containment >= WORD_FOR_WORD
  const name = honeypot ? `${item} [${STATUS_WORDS.honeypot[language]}]` : item
  const drawn = Object.entries(values ?? {}).map(([variable, value]) => `${variable} = ${value}`)
  return [
    `${name} (${locale}) ${Math.round(containment * 100)}% ${t(`cli.leak.${isCopied ? 'verbatim' : kind}`)} ${t('exchange.line', { line })}: ${excerpt.replace(/\p{Cc}/gu, ' ')}`,
    ...(honeypot
      ? [`  ${t(kind === 'recalled' && !isCopied ? 'cli.leak.perhapsHoneypot' : 'cli.leak.honeypot')}`]
      : []),
    ...(drawn.length > 0 ? [`  ${t('cli.leak.drawn')}: ${drawn.join(', ')}`] : []),
  ]
}

/** `kentei leak-check`: which items stand in a text that was found somewhere. Exit 1 when any does. */
async function runLeakCheck(
  { file, folders, json, language }: LeakCheckOptions,
  terminal: Terminal,
): Promise<ExitCode> {
  const text = await readPasted(resolve(terminal.cwd, file))
  const items = await itemsOf(folders, language, terminal)
  const found = hitsOf(text, items)
  if (json) terminal.out(JSON.stringify(found, null, 2))
  else for (const hit of found) for (const line of describe(hit, text, language)) terminal.out(line)
  const count = new Set(items.map(({ exam, leakable }) => `${exam} ${leakable.item}`)).size
  terminal.err(textsOf(language)('cli.leak.summary', { count, found: found.length }))
  return found.length > 0 ? 1 : 0
}

export const leakCheckCommand = command({
  describe: (t) => t('command.leak-check'),
  options: jsonOption,
  run: ({ args, language, terminal }) => {
    const [file, ...folders] = args._
    if (file === undefined) throw new UsageError((t) => t('usage.leakCheck'))
    return runLeakCheck({ file, folders, json: args.json === true, language }, terminal)
  },
})
