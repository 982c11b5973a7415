import type { MailAct, MailPart } from './present.ts'

export const ACT_LABELS: Readonly<Record<'ja' | 'en', Readonly<Record<MailAct, string>>>> = {
  ja: { reply: '返信する', report: '依頼者に報告する', leave: '依頼者が見るまで置く', none: '対応しない' },
  en: {
    reply: 'Reply',
    report: 'Report to the client',
    leave: 'Leave until the client has seen it',
    none: 'Do nothing',
  },
}

const PART_LABELS: Readonly<Record<'ja' | 'en', Readonly<Record<MailPart, string>>>> = {
  ja: { act: '対応', to: '宛先', cc: '写し', subject: '件名', files: '添付', body: '本文' },
  en: { act: 'what to do', to: 'To', cc: 'Cc', subject: 'Subject', files: 'Attachments', body: 'Text' },
}

/** What a field of the mail at a place is called. */
export const fieldLabel = (locale: 'ja' | 'en', place: number, part: MailPart): string =>
  locale === 'ja' ? `${place}通目の${PART_LABELS.ja[part]}` : `Mail ${place}: ${PART_LABELS.en[part]}`

/** Between a firm's name, a person's and what they do. */
export const NAME_GAP = /[ \u3000]+/

/** Names of files in a text. */
export const FILE_NAME =
  /[\p{L}\p{N}][\p{L}\p{N}_()（）-]{0,60}\.(?:pdf|xlsx|xls|docx|doc|pptx|csv|txt|zip|png|jpe?g)(?![a-z])/gu

/** What a model answer begins and ends with: it says nothing of the matter. */
export const MODEL_OPENING =
  'お世話になっております。メールをいただきました件につきまして、次のとおりお伝えいたします。'
export const MODEL_CLOSING = 'どうぞよろしくお願いいたします。'

/** An answer that suits everything and says nothing. */
export const POLITE_TEMPLATE =
  'お世話になっております。このたびはご連絡をいただき、誠にありがとうございます。内容を確認いたしました。担当の者に確認のうえ、改めてご連絡いたします。今後とも、どうぞよろしくお願いいたします。'

/** Between the parts of a wording. */
export const AND = '、'

const halfDay = (minutes: number): string => {
  const hours = Math.floor(minutes / 60)
  return `${hours > 12 ? `午後${hours - 12}` : hours}時${minutes % 60 === 0 ? '' : `${minutes % 60}分`}`
}

/** From when to when, as people say it. */
export const sayRange = (from: number, to: number): string => `${halfDay(from)}から${halfDay(to)}まで`

/** A text with short dates and wide digits. */
export const inOtherWidth = (text: string): string =>
  text
    .replace(/(\d{1,2})月(\d{1,2})日/g, '$1/$2 ')
    .replace(/[0-9]/g, (digit) => String.fromCharCode(digit.charCodeAt(0) + 0xfee0))
