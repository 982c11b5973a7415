import type { AppealOutcome } from '../case-event.ts'
import type { Action } from '../decision/actions.ts'
import { actionNames } from '../decision/print-statement.ts'

/** What somebody is told, as ids and codes; the words are made when it is read. */
export type Notice =
  /** To whoever is concerned by a decision. */
  | { readonly kind: 'decision'; readonly decision: string; readonly action: Action }
  /** To whoever reported: what became of it. Says nothing of the poster but that something was done or not. */
  | { readonly kind: 'report-judged'; readonly report: string; readonly outcome: 'measure' | 'no-measure' }
  /** To whoever reported, when an appeal has changed the outcome. */
  | { readonly kind: 'report-reconsidered'; readonly report: string; readonly outcome: 'measure' | 'no-measure' }
  /** To whoever reported: that the case ended without a decision. */
  | { readonly kind: 'report-closed'; readonly report: string }
  /** To a poster whose job waits for a person. */
  | { readonly kind: 'post-held'; readonly job: string }
  /** To a poster whose job has been looked at and is shown. */
  | { readonly kind: 'post-cleared'; readonly job: string }
  | { readonly kind: 'measures-ended'; readonly decision: string }
  | { readonly kind: 'appeal-decided'; readonly decision: string; readonly appeal: string; readonly outcome: AppealOutcome; readonly reasons: string }

interface InTwoLanguages {
  readonly ja: string
  readonly en: string
}

const words = (ja: string, en: string): InTwoLanguages => ({ ja, en })

const appealWords: Readonly<Record<AppealOutcome, InTwoLanguages>> = {
  uphold: words('不服の申立てを検討しましたが、決定は変わりません。', 'Your appeal was judged. The decision stands.'),
  reverse: words('不服の申立てが認められ、決定を取り消しました。', 'Your appeal was granted. The decision is reversed.'),
  modify: words('不服の申立てを受けて、決定を改めました。', 'Your appeal was judged. The decision is changed.'),
}

/** A notice in words. */
export function noticeText(notice: Notice): InTwoLanguages {
  switch (notice.kind) {
    case 'decision': {
      const action = actionNames[notice.action]
      return words(`運営の決定：${action.ja}。理由と、不服を申し立てる方法をお読みください。`, `A decision of the marketplace: ${action.en}. Please read the reasons, and how to appeal.`)
    }
    case 'report-judged':
      return notice.outcome === 'measure'
        ? words('通報ありがとうございました。人が確認し、措置をとりました。', 'Thank you for your report. A person has looked at it, and measures were taken.')
        : words('通報ありがとうございました。人が確認しましたが、規則への違反は認められませんでした。', 'Thank you for your report. A person has looked at it and found no breach of the rules.')
    case 'report-reconsidered':
      return notice.outcome === 'measure'
        ? words('通報いただいた件は、再審査ののちも措置が続きます。', 'After an appeal, measures still stand in the matter that you reported.')
        : words('通報いただいた件は、再審査の結果、措置を取り消しました。', 'After an appeal, the measures in the matter that you reported were taken back.')
    case 'report-closed':
      return words(
        '通報ありがとうございました。人が確認しましたが、判断する必要がなくなったため、この件は決定なしで終わりました。',
        'Thank you for your report. A person has looked at it; there was nothing left to decide, and the matter was closed without a decision.',
      )
    case 'post-held':
      return words('募集は、人が確認するまで表示されません。確認の結果をお知らせします。', 'Your job post is not shown until a person has looked at it. You will be told the outcome.')
    case 'post-cleared':
      return words('募集を確認しました。表示されています。', 'Your job post has been looked at and is shown.')
    case 'measures-ended':
      return words('措置の期間が終わりました。', 'The time of a measure is over.')
    case 'appeal-decided': {
      const outcome = appealWords[notice.outcome]
      return words(`${outcome.ja}\n${notice.reasons}`, `${outcome.en}\n${notice.reasons}`)
    }
  }
}
