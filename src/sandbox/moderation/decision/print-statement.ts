import { type Action, isAboutCertificate, type Restriction } from './actions.ts'
import type { StatementOfReasons } from './statement.ts'

type Untold = Omit<StatementOfReasons, 'text'>
type Language = 'ja' | 'en'

export const actionNames: Readonly<Record<Action, Readonly<Record<Language, string>>>> = {
  'no-action': { ja: '措置なし', en: 'No action' },
  reinstate: { ja: '措置の解除', en: 'Measures lifted' },
  'take-down': { ja: '募集の掲載停止', en: 'Job post taken down' },
  restrict: { ja: '利用の制限', en: 'Account restricted' },
  suspend: { ja: '利用の停止', en: 'Account suspended' },
  'suspend-credential': { ja: '認定の一時停止', en: 'Certificate suspended' },
  'revoke-credential': { ja: '認定の取り消し', en: 'Certificate revoked' },
}

const effectNames: Readonly<Record<Restriction['effect'], Readonly<Record<Language, string>>>> = {
  'take-down': { ja: '募集を表示しません', en: 'the job post is not shown' },
  restrict: { ja: '利用を制限します', en: 'the account is restricted' },
  suspend: { ja: '利用を停止します', en: 'the account is suspended' },
  'suspend-credential': { ja: '認定を一時停止します', en: 'the certificate is suspended' },
  'revoke-credential': { ja: '認定を取り消します', en: 'the certificate is revoked' },
}

const sourceNames: Readonly<Record<StatementOfReasons['source'], Readonly<Record<Language, string>>>> = {
  reports: { ja: '利用者からの通報', en: 'reports by users' },
  'own-initiative': { ja: '運営自身の調査', en: "the marketplace's own initiative" },
  plugin: { ja: '検定の運営者からの通知', en: 'a notice of the certification service' },
}

/** `2026-11-25T03:00:00.000Z` as people read it. */
const day = (time: string): string => `${time.slice(0, 10)} ${time.slice(11, 16)} UTC`

function durationLine({ duration }: Untold, language: Language): string {
  if (!duration) return ''
  if (duration.until === null) return language === 'ja' ? `期間: ${day(duration.from)} から無期限` : `Duration: from ${day(duration.from)}, without an end`
  return language === 'ja' ? `期間: ${day(duration.from)} から ${day(duration.until)} まで` : `Duration: from ${day(duration.from)} to ${day(duration.until)}`
}

function scopeLine({ action, scope }: Untold, language: Language): string {
  if (scope.length === 0) return ''
  const parts = scope.map(({ effect }) => effectNames[effect][language])
  if (isAboutCertificate(action)) return language === 'ja' ? `範囲: ${parts.join('、')}。認定が表示されるすべての場所に及びます。` : `Scope: ${parts.join('; ')}. This applies wherever it is shown.`
  return language === 'ja' ? `範囲: ${parts.join('、')}。マーケット全体に及びます。` : `Scope: ${parts.join('; ')}. This applies in the whole marketplace.`
}

function ruleLine({ rule }: Untold, language: Language): string {
  if (!rule) return ''
  const text = rule.text[language].replaceAll('\n', ' ')
  if (language === 'ja') return `${rule.ground === 'law' ? '根拠となる法令' : '根拠となる規則'}: ${text}`
  return `${rule.ground === 'law' ? 'Law' : 'Rule'}: ${text}`
}

function automationLine({ detectedAutomatically }: Untold, language: Language): string {
  if (language === 'ja') return `${detectedAutomatically ? '自動の仕組みが見つけたものです。' : '自動の仕組みは使っていません。'}決定は人が行いました。`
  return `${detectedAutomatically ? 'It was detected by automated means.' : 'No automated means were used to detect it.'} A person decided.`
}

function redressLine({ redress }: Untold, language: Language): string {
  if (!redress) return ''
  if (redress.appealUntil === null)
    return language === 'ja' ? '不服の申立てを経た最終の決定です。裁判所に訴えることができます。' : 'This follows an appeal and is final here. You may still go to court.'
  return language === 'ja'
    ? `${day(redress.appealUntil)} まで、無料で不服を申し立てられます。決定した者とは別の人が判断します。裁判所に訴えることもできます。`
    : `You may appeal until ${day(redress.appealUntil)}, free of charge. Another person than the one who decided will judge it. You may also go to court.`
}

/** A statement of reasons as a text, one matter a line. */
export function printStatement(statement: Untold, language: Language): string {
  const ja = language === 'ja'
  const lines = [
    `${ja ? '決定' : 'Decision'}: ${actionNames[statement.action][language]}${ja ? `（${day(statement.decidedAt)}）` : ` (${day(statement.decidedAt)})`}`,
    scopeLine(statement, language),
    durationLine(statement, language),
    `${ja ? '事実' : 'Facts'}: ${statement.facts}`,
    ruleLine(statement, language),
    `${ja ? 'きっかけ' : 'Source'}: ${sourceNames[statement.source][language]}`,
    automationLine(statement, language),
    redressLine(statement, language),
  ]
  return lines.filter((line) => line !== '').join('\n')
}
