import { type GiftText, readText } from './gift-text.ts'

export interface GiftAnswer {
  readonly isRight: boolean
  /** Per cent of the points, -100..100. */
  readonly weight: number
  readonly text: GiftText
  readonly feedback?: GiftText
}

export type GiftAnswers =
  | { readonly kind: 'description' | 'essay' }
  | { readonly kind: 'unsupported'; readonly mark: string }
  | { readonly kind: 'true-false'; readonly isTrue: boolean; readonly feedback: readonly GiftText[] }
  | { readonly kind: 'choice' | 'short' | 'numeric'; readonly answers: readonly GiftAnswer[] }
  | { readonly kind: 'match'; readonly pairs: readonly { readonly left: GiftText; readonly right: string }[] }

/** What stands in the braces, without the general feedback; undefined without braces. */
export function readAnswers(inner: string | undefined): GiftAnswers | 'no-number' | 'no-pair' | 'no-answer' {
  if (inner === undefined) return { kind: 'description' }
  if (inner === '') return { kind: 'essay' }
  if (inner.startsWith('>')) return { kind: 'unsupported', mark: '>' }
  if (inner.startsWith('#')) return readNumbers(inner.slice(1))
  if (inner.includes('~')) {
    const answers = splitAnswers(inner, /(?=[~=])/)
    return answers.length < 2 ? 'no-answer' : { kind: 'choice', answers }
  }
  if (inner.includes('=') && inner.includes('->')) return readPairs(inner)
  const truth = /^(t|true|f|false)\s*(?:#([\s\S]*))?$/i.exec(inner)
  if (truth)
    return {
      kind: 'true-false',
      isTrue: /^t/i.test(truth[1] as string),
      feedback: truth[2] === undefined ? [] : truth[2].split('#').map((text) => readText(text)),
    }
  const answers = splitAnswers(inner, /(?==)/)
  return answers.length === 0 ? 'no-answer' : { kind: 'short', answers }
}

const WEIGHT = /^\s*%(-?\d{1,3}(?:\.\d+)?)%/

function splitAnswers(inner: string, at: RegExp): GiftAnswer[] {
  return inner
    .split(at)
    .map((part) => part.trim())
    .filter((part) => part !== '' && part !== '~' && part !== '=')
    .map(readAnswer)
}

function readAnswer(part: string): GiftAnswer {
  const isRight = !part.startsWith('~')
  const marked = part.replace(/^[~=]/, '')
  const weight = WEIGHT.exec(marked)
  const [text, feedback] = cutFeedback(weight ? marked.slice(weight[0].length) : marked)
  return {
    isRight: isRight && !weight,
    weight: weight ? Number(weight[1]) : isRight ? 100 : 0,
    text: readText(text),
    ...(feedback ? { feedback } : {}),
  }
}

function cutFeedback(text: string): readonly [string, GiftText | undefined] {
  const at = text.indexOf('#')
  const feedback = at < 0 ? undefined : readText(text.slice(at + 1))
  return [at < 0 ? text : text.slice(0, at), feedback?.text === '' ? undefined : feedback]
}

function readNumbers(inner: string): GiftAnswers | 'no-number' {
  const answers = inner
    .split(/(?=[=~])/)
    .map((part) => part.trim())
    .filter((part) => part !== '')
    .map(readAnswer)
  return answers.some(({ weight }) => weight > 0) ? { kind: 'numeric', answers } : 'no-number'
}

function readPairs(inner: string): GiftAnswers | 'no-pair' {
  const parts = inner
    .split('=')
    .map((part) => part.trim())
    .filter((part) => part !== '')
  if (parts.some((part) => !part.includes('->'))) return 'no-pair'
  return {
    kind: 'match',
    pairs: parts.map((part) => {
      const at = part.indexOf('->')
      return { left: readText(part.slice(0, at)), right: part.slice(at + 2).trim() }
    }),
  }
}

const NUMBER = String.raw`[+-]?(?:\d+(?:\.\d+)?|\.\d+)(?:e[+-]?\d{1,2})?`
const RANGE = new RegExp(`^(${NUMBER})\\s*\\.\\.\\s*(${NUMBER})$`, 'i')
const AROUND = new RegExp(`^(${NUMBER})(?:\\s*:\\s*(${NUMBER}))?$`, 'i')

/** Reads `3`, `3:0.5` (a value and its margin) or `2.5..3.5`; undefined for anything else. */
export function readNumber(written: string): { readonly value: number; readonly tolerance: number } | undefined {
  const text = written.trim().replace(/^\+/, '')
  const range = RANGE.exec(text)
  if (range) {
    const [from, to] = [Number(range[1]), Number(range[2])]
    const decimals = Math.max(...[range[1], range[2]].map((end = '') => end.split('.')[1]?.length ?? 0)) + 1
    const half = (sum: number) => (/e/i.test(text) ? sum / 2 : Number((sum / 2).toFixed(Math.min(decimals, 20))))
    return to >= from ? { value: half(from + to), tolerance: half(to - from) } : undefined
  }
  const around = AROUND.exec(text)
  if (!around) return undefined
  const [value, tolerance] = [Number(around[1]), Number(around[2] ?? 0)]
  return Number.isFinite(value) && tolerance >= 0 ? { value, tolerance } : undefined
}
