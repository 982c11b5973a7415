import type { Language, Subjects } from '../../../dist/texts.d.ts'
import { catalogue, type Translator } from '../../platform/words/catalogue.ts'
import notification from '../../texts/notification?texts'
import type { AppealOutcome } from '../moderation/case-event.ts'
import type { Action } from '../moderation/decision/actions.ts'
import { actionName } from '../moderation/decision/statement.ts'

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
  /** To a worker whom a client invites to apply. */
  | { readonly kind: 'invited'; readonly invitation: string; readonly job: string }
  /** To a worker whose contract a client has paid in. */
  | { readonly kind: 'contract-funded'; readonly contract: string }
  /** To a newcomer, once a week: jobs to start with, one to three. */
  | { readonly kind: 'starter-jobs'; readonly jobs: readonly string[] }
  /** To a worker: what became of a sample of their work. */
  | { readonly kind: 'sample-judged'; readonly category: string; readonly outcome: 'shown' | 'refused' }
  | {
      readonly kind: 'appeal-decided'
      readonly decision: string
      readonly appeal: string
      readonly outcome: AppealOutcome
      readonly reasons: string
    }

const sentences = catalogue<Subjects['notification'], Language>([notification])

function say(t: Translator<Subjects['notification']>, language: Language, notice: Notice): string {
  switch (notice.kind) {
    case 'decision':
      return t('notification.decision', { action: actionName(language, notice.action) })
    case 'report-judged':
    case 'report-reconsidered':
      return t(`notification.${notice.kind}.${notice.outcome}`)
    case 'report-closed':
    case 'post-held':
    case 'post-cleared':
    case 'measures-ended':
    case 'invited':
    case 'contract-funded':
      return t(`notification.${notice.kind}`)
    case 'starter-jobs':
      return t('notification.starter-jobs', { n: notice.jobs.length })
    case 'sample-judged':
      return t(`notification.sample-judged.${notice.outcome}`)
    case 'appeal-decided':
      return `${t(`notification.appeal-decided.${notice.outcome}`)}\n${notice.reasons}`
  }
}

/** A notice in words. */
export const noticeText = (notice: Notice): Readonly<Record<Language, string>> =>
  sentences.each((t, language) => say(t, language, notice))
