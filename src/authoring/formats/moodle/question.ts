import type { Locale } from '../../../item/item.ts'
import type { SourceFile } from '../../source-file.ts'
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
