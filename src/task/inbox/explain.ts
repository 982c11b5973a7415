import { type EnteredValue, type Explanation, type Explanations, openEntered } from '../explain.ts'
import type { Entries, TaskField } from '../present.ts'
import type { FactKey, InboxKey, MailKey } from './key.ts'
import { type MailPart, mailField } from './present.ts'

const clock = (minutes: number): string => `${Math.floor(minutes / 60)}:${String(minutes % 60).padStart(2, '0')}`

/** Wordings that are accepted; of a time, from when to when it may begin. */
const rightOf = (fact: FactKey): string[] =>
  fact.as === 'wording'
    ? fact.accepted.map((parts) => parts.join(' + '))
    : fact.spans.map(({ earliest, latest }) =>
        earliest === latest ? clock(earliest) : `${clock(earliest)}–${clock(latest)}`,
      )

/** What each checkpoint of an inbox looked at, mail by mail. */
export function explainInbox(key: InboxKey, fields: readonly TaskField[], entries: Entries): Explanations {
  const entered = openEntered(fields, entries)
  const names = new Set(fields.map(({ name }) => name))
  const ofMail = (mail: MailKey): [string, Explanation][] => {
    const { id } = mail
    const place = mail.name
    const value = (part: MailPart, right: string): EnteredValue => entered(mailField(id, part), [right])
    const written = entered(mailField(id, 'body'))
    const facts = mail.facts.map((fact, i): [string, Explanation] => [
      `fact:${id}.${i + 1}`,
      { place, values: [{ label: fact.name, entered: written.entered, right: rightOf(fact) }] },
    ])
    return [
      [`act:${id}`, { place, values: [value('act', mail.act)], ...(mail.why === '' ? {} : { why: mail.why }) }],
      [`recipients:${id}`, { place, values: [value('to', mail.to.join(' ')), value('cc', mail.cc.join(' '))] }],
      [
        `files:${id}`,
        // where there is nothing to send along, a text that is sent is complete
        {
          place,
          values: [
            names.has(mailField(id, 'files'))
              ? value('files', mail.files.join(' '))
              : entered(mailField(id, 'body'), []),
          ],
        },
      ],
      ...facts,
    ]
  }
  return new Map(key.mails.flatMap(ofMail))
}
