import type { Locale } from '../../../item/item.ts'
import type { ItemSource } from '../../bank-source.ts'
import { plainAnswer } from '../../read-answer.ts'
import { say } from '../../said.ts'
import type { SourceFile } from '../../source-file.ts'
import { type Loss, loss } from '../exchange.ts'
import { element, escapeXml } from '../write-xml.ts'

export interface MoodleContext {
  readonly locale: Locale
  readonly assets: readonly SourceFile[]
}

/** A question of Moodle: its type and what only this type has; the cloze text replaces the stem. */
export interface Question {
  readonly type: 'multichoice' | 'truefalse' | 'shortanswer' | 'numerical' | 'matching' | 'essay' | 'cloze'
  readonly stem?: string
  readonly parts: readonly string[]
}

export const textElement = (text: string): string => element('text', {}, escapeXml(text))

/** A text in Markdown with the pictures it shows. */
export function rich(
  name: string,
  markdown: string,
  { assets }: MoodleContext,
  attributes: Readonly<Record<string, string>> = {},
): string {
  const files = new Map<string, string>()
  const text = markdown.replace(
    /(!\[[^\]]*\]\()(?:\.\/)?assets\/([^)\s]+)\)/g,
    (whole, before: string, path: string) => {
      const asset = assets.find((one) => one.path === `assets/${path}`)
      if (!asset) return whole
      const file = path.replaceAll('/', '-')
      files.set(file, Buffer.from(asset.content).toString('base64'))
      return `${before}@@PLUGINFILE@@/${file})`
    },
  )
  return element(
    name,
    { ...attributes, format: 'markdown' },
    textElement(text),
    ...[...files].map(([file, content]) => element('file', { name: file, path: '/', encoding: 'base64' }, content)),
  )
}

export const answer = (fraction: string, text: string, ...more: readonly string[]): string =>
  element('answer', { fraction, format: 'plain_text' }, textElement(text), ...more)

export const shuffled = (isShuffled: boolean): string => element('shuffleanswers', {}, isShuffled ? '1' : '0')

export const pair = (left: string, right: string, context: MoodleContext): string =>
  rich('subquestion', left, context).replace(
    /<\/subquestion>$/,
    `${element('answer', {}, textElement(right))}</subquestion>`,
  )

/** An accepted answer for Moodle, where a bare star stands for any text. */
export const exactAnswer = (written: string): string => plainAnswer(written).replaceAll('*', '\\*')

/** What such an answer accepts, as text. */
export const literalAnswer = (answer: string): string => answer.replaceAll('\\*', '*')

export const holdsWildcard = (answer: string): boolean => /(?<!\\)\*/.test(answer)

/** What no question of Moodle can hold; GIFT has no pictures besides. */
export function lossesElsewhere(item: ItemSource, { images }: { readonly images: boolean }): Loss[] {
  const losses: Loss[] = []
  const missing = [
    item.references.length > 0 ? 'references' : undefined,
    item.notes === '' ? undefined : 'notes',
  ] as const
  const fields = missing.filter((field) => field !== undefined)
  if (fields.length > 0) losses.push(loss('metadata', say('exchange.referencesAndNotesLost'), fields))
  if (!images && /!\[[^\]]*\]\(/.test(JSON.stringify([item.stem, item.answer, item.rationale])))
    losses.push(loss('image', say('exchange.imagesLost'), ['stem', 'answer', 'rationale']))
  return losses
}

/** Right-hand sides of Moodle's pairs have no format. */
export function notePlain(texts: readonly string[], losses: Loss[]): void {
  if (texts.some((text) => /[\\`*[]/.test(text))) losses.push(loss('markup', say('exchange.rightSidesArePlain')))
}
