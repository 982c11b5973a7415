import { figureTexts } from './figure-texts.ts'
import { isolating } from './isolating.ts'
import type { Locale } from './texts.ts'

/** What a form says when something in it needs mending. */
export interface FormTexts {
  /** Before the title of the page. */
  readonly titlePrefix: string
  readonly summary: string
  readonly optional: string
  readonly yen: string
  readonly choose: string
  /** By what is wrong: see `issueText`. */
  readonly required: string
  readonly chosen: string
  readonly unshown: string
  long(most: number): string
  short(least: number): string
  between(least: number, most: number): string
  readonly far: string
  readonly number: string
  range(least: number, most: number): string
  sum(parts: number, whole: number): string
  held(held: number): string
  readonly past: string
  readonly date: string
  readonly noKinds: string
  readonly needsRule: string
  /** What a field is called where it is far away: by form and field, or by field. */
  readonly names: Readonly<Record<string, string>>
  partName(n: string, isAmount: boolean): string
  /** For what only the server knows; the detail in English is shown in brackets. */
  other(detail: string): string
}

const { ja: jaFigures, en: enFigures } = figureTexts

export const formTexts: Readonly<Record<Locale, FormTexts>> = isolating({
  ja: {
    titlePrefix: '直すところがあります：',
    summary: '送れませんでした。入力した内容はそのまま残っています。',
    optional: '任意',
    yen: '円',
    choose: '選んでください',
    required: '入力してください。',
    chosen: '一つ選んでください。',
    unshown: '見える文字で入力してください。文字の向きを変える記号は使えません。',
    long: (most) => `${most.toLocaleString('ja-JP')}文字までで入力してください。`,
    short: (least) => `${least}文字以上で入力してください。`,
    between: (least, most) => `${least}から${most}までで入力してください。`,
    far: '一年以内の日を選んでください。',
    number: '数字で入力してください。',
    range: (least, most) => `${jaFigures.yen(least)}から${jaFigures.yen(most)}までで入力してください。`,
    sum: (parts, whole) => `区切りの合計が${jaFigures.yen(parts)}で、全体の${jaFigures.yen(whole)}と合いません。`,
    held: (held) => `二つを合わせて、預かっている${jaFigures.yen(held)}にしてください。`,
    past: 'これから来る日を選んでください。',
    date: '日付を確かめてください。',
    noKinds: '種類を選ぶのは、募集に措置をとるときだけです。',
    needsRule: '種類を選ぶか、根拠となる決まりを書いてください。',
    names: {
      title: '題',
      body: '仕事の内容',
      category: '仕事の種類',
      payType: '報酬の形',
      payAmount: '報酬の額',
      closesAt: '募集の締切',
      headcount: '募集人数',
      message: '依頼者へ',
      amount: '額',
      method: '支払い方法',
      milestone: '区切り',
      note: '内容',
      reason: '理由',
      releaseToWorker: '支払う額',
      refundToClient: '戻す額',
      to: 'だれに',
      skill: 'スキル',
      request: '要望',
      quality: 'クオリティ',
      schedule: 'スケジュール',
      communication: 'コミュニケーション',
      partnership: 'パートナーシップ',
      comment: 'コメント',
      again: 'また一緒に仕事をしたいか',
      safe: '安心して仕事ができたか',
      'review-note': '運営に伝えたいこと',
      detail: 'くわしく',
      'reply-text': '返事',
      'appeal-text': '申立ての内容',
      action: 'どうしますか',
      duration: '期間',
      kinds: '当たる種類',
      rule: '根拠となる決まり',
      ground: '根拠',
      facts: '事実と理由',
      outcome: '見直しの結果',
      reasons: '見直しの理由',
    },
    partName: (n, isAmount) => `区切り${n}${isAmount ? 'の額' : ''}`,
    other: (detail) => `この欄を確かめてください（${detail}）。`,
  },
  en: {
    titlePrefix: 'Needs mending: ',
    summary: 'This was not sent. What you typed is still here.',
    optional: 'optional',
    yen: 'yen',
    choose: 'Please choose',
    required: 'Please fill this in.',
    chosen: 'Please choose one.',
    unshown: 'Please use letters that can be seen, and no signs that turn the direction of text.',
    long: (most) => `Please keep to ${most.toLocaleString('en-US')} characters.`,
    short: (least) => `Please write at least ${least} characters.`,
    between: (least, most) => `Please give ${least} to ${most}.`,
    far: 'Please choose a day within a year.',
    number: 'Please give a number.',
    range: (least, most) => `Please give ${enFigures.yen(least)} to ${enFigures.yen(most)}.`,
    sum: (parts, whole) => `The parts add up to ${enFigures.yen(parts)}, not to the ${enFigures.yen(whole)} of the whole.`,
    held: (held) => `The two must add up to the ${enFigures.yen(held)} that are held.`,
    past: 'Please choose a day that is still to come.',
    date: 'Please check the date.',
    noKinds: 'Kinds belong to a measure against a job post only.',
    needsRule: 'Please choose a kind, or write down the rule.',
    names: {
      title: 'Title',
      body: 'The work',
      category: 'Kind of work',
      payType: 'Kind of pay',
      payAmount: 'Amount of pay',
      closesAt: 'Open until',
      headcount: 'How many people',
      message: 'To the client',
      amount: 'Amount',
      method: 'How to pay',
      milestone: 'Part',
      note: 'What you write',
      reason: 'Why',
      releaseToWorker: 'To the worker',
      refundToClient: 'Back to the client',
      to: 'To whom',
      skill: 'Skill',
      request: 'Request',
      quality: 'Quality',
      schedule: 'Schedule',
      communication: 'Communication',
      partnership: 'Partnership',
      comment: 'Comment',
      again: 'Work with them again',
      safe: 'Did it feel safe',
      'review-note': 'For the marketplace',
      detail: 'In more detail',
      'reply-text': 'Your answer',
      'appeal-text': 'Your appeal',
      action: 'What to do',
      duration: 'For how long',
      kinds: 'Which kinds',
      rule: 'The rule',
      ground: 'Ground',
      facts: 'Facts and reasons',
      outcome: 'Outcome',
      reasons: 'Reasons',
    },
    partName: (n, isAmount) => `${isAmount ? 'Amount of part' : 'Part'} ${n}`,
    other: (detail) => `${detail}.`,
  },
})

/**
 * The words for an issue. Forms name what is wrong by a key and its numbers, such as `long 120` or `range 100 5000`;
 * anything else is the message of a program.
 */
export function issueText(locale: Locale, message: string): string {
  const t = formTexts[locale]
  const [key = '', first, second] = message.split(' ')
  const [one, other] = [Number(first), Number(second)]
  switch (key) {
    case 'required':
    case 'chosen':
    case 'unshown':
    case 'number':
    case 'past':
    case 'far':
    case 'date':
    case 'noKinds':
    case 'needsRule':
      return t[key]
    case 'long':
    case 'short':
    case 'held':
      return t[key](one)
    case 'range':
    case 'between':
    case 'sum':
      return t[key](one, other)
    default:
      return t.other(message.replace(/\.$/, ''))
  }
}

/** What a field is called; empty where it has no name of its own. */
export function fieldName(locale: Locale, form: string, field: string): string {
  const t = formTexts[locale]
  const part = /^part-(\d+)(-amount)?$/.exec(field)
  if (part) return t.partName(part[1] ?? '', part[2] !== undefined)
  return t.names[`${form}-${field}`] ?? t.names[field] ?? ''
}
