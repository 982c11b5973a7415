import type { PageContext } from '../../ui/page-context.ts'

const ja = {
  open: 'おかしいと思ったら知らせる',
  title: 'この証明書についてのお知らせ',
  lead: '気になることを検定センターに知らせてください。担当者が1件ずつ読みます。証明書は、知らせだけでは止まりません。',
  kind: '何が気になりますか',
  note: 'くわしい様子（書かなくてもかまいません）',
  noteHint: '1,000字まで。あなたや他の人の連絡先は書かないでください。',
  privacy: 'お名前やメールアドレスはうかがわず、返信もしません。書いたことは検定センターの担当者だけが読み、持ち主には伝えません。',
  send: '知らせる',
  back: '証明書に戻る',
  sent: 'お知らせを受け取りました。担当者が確かめます。',
  full: 'この証明書には、すでに多くのお知らせが届いています。担当者が確かめているところです。',
  busy: '続けて受け取れる数を超えました。1分ほどたってから、もう一度送ってください。',
  wrong: '何が気になるかを選び、くわしい様子は1,000字までにしてください。',
}

type ConcernTexts = typeof ja

const en: ConcernTexts = {
  open: 'Tell us if something is odd',
  title: 'About this certificate',
  lead: 'Tell the certification center what seems odd. A person reads every message. A message by itself stops no certificate.',
  kind: 'What seems odd?',
  note: 'What happened (optional)',
  noteHint: 'Up to 1,000 characters. Please leave out anybody’s contact details.',
  privacy: 'We ask for no name or e-mail address and do not answer. Only the people of the certification center read it; the holder is not told.',
  send: 'Send',
  back: 'Back to the certificate',
  sent: 'We have your message, and will look into it.',
  full: 'Many messages about this certificate have come already. We are looking into them.',
  busy: 'That is more than we can take at once. Please send it again in a minute.',
  wrong: 'Please choose what seems odd, and keep the text within 1,000 characters.',
}

export const concernTextsOf = (locale: PageContext['locale']): ConcernTexts => ({ ja, en })[locale]
