import { conflictsOf, mergeTexts, settle } from '../../src/desk/merge-texts.ts'
import type { Instances } from './instances.ts'
import type { Rest } from './invariants.ts'
import type { Caller, Known } from './people.ts'

// Authors who write in one file of a draft at once, each in lines of their own.

export const DRAFTED = { exam: 'drafted', path: 'office.ja.md' }
const LINES = 12
/** As often an author sends a change at most. */
const MOST_TRIES = 10

export const firstDraft = Array.from({ length: LINES }, (_, line) => `${line}: –\n`).join('')

/** What was written into a line, the latest last, and which of it was acknowledged last. */
export interface DraftedLine {
  readonly sent: string[]
  acknowledged: number
}

interface Served {
  readonly hash: string
  readonly text: string
}

const withLine = (text: string, line: number, value: string): string =>
  text.replace(new RegExp(`^${line}: .*$`, 'm'), `${line}: ${value}`)

/** Changes a line of the draft, and merges what others have saved meanwhile. @returns whether it was acknowledged. */
async function write(author: Caller, { line, value, known }: { line: number; value: string; known: Known }) {
  const { exam, path } = DRAFTED
  const source = await author.insist({ method: 'GET', path: `/staff/desk/${exam}/source` })
  if (source?.status !== 200) return false
  const served = (source.json.files as (Served & { path: string })[]).find((file) => file.path === path)
  if (!served) {
    known.seen.push('the draft is gone')
    return false
  }
  let base: Served = served
  let text = withLine(base.text, line, value)
  for (let tries = 0; tries < MOST_TRIES; tries += 1) {
    const body = { path, was: base.hash, text }
    const reply = await author.ask({ method: 'PUT', path: `/staff/desk/${exam}/files`, body })
    if (reply?.status === 200) return true
    if (reply?.status === 409) {
      const theirs: Served = reply.json
      const pieces = mergeTexts({ base: base.text, mine: text, theirs: theirs.text })
      if (conflictsOf(pieces).length > 0) known.seen.push('changes of lines side by side could not be merged')
      text = settle(pieces, ({ mine }) => mine)
      base = theirs
      // it had arrived, unheard of
      if (text === theirs.text) return true
    } else if (reply && ![401, 429].includes(reply.status) && reply.status < 500) {
      known.seen.push(`a change of a draft was refused: ${reply.text}`)
      return false
    } else await author.wait(4_000)
  }
  return false
}

/** Each author writes now and then, in lines that are theirs. */
export async function actAtDesk(
  authors: readonly Caller[],
  { instances, known, until }: { readonly instances: Instances; readonly known: Known; readonly until: number },
): Promise<void> {
  const { scheduler } = instances
  const { random } = scheduler
  const work = async (author: Caller, nth: number) => {
    for (let count = 1; ; count += 1) {
      await author.wait(30_000)
      if (scheduler.now >= until) return
      const line = nth + authors.length * random.below(LINES / authors.length)
      const value = `${author.name} ${count}`
      const drafted = known.drafted.get(line) ?? { sent: [], acknowledged: -1 }
      known.drafted.set(line, drafted)
      const at = drafted.sent.push(value) - 1
      if (await write(author, { line, value, known })) drafted.acknowledged = at
    }
  }
  await Promise.all(authors.map(work))
}

/** Each line holds what was acknowledged of it last, or what was sent later. */
export async function findLostEdits({ instances, known }: Rest, breach: (what: string) => void): Promise<void> {
  const { running } = instances.machines[0] ?? {}
  const text = await running?.instance.draft(DRAFTED)
  if (text === undefined) return breach('the draft is gone')
  const lines = new Map(text.split('\n').map((line) => line.split(': ', 2) as [string, string]))
  for (const [line, { sent, acknowledged }] of known.drafted) {
    const held = sent.indexOf(lines.get(String(line)) ?? '')
    if (held < acknowledged)
      breach(`line ${line} of a draft was acknowledged as ${sent[acknowledged]}, and is ${lines.get(String(line))}`)
  }
  const steps = instances.rows<{ version: number }>('select version from draft_files order by version')
  if (new Set(steps.map(({ version }) => version)).size !== steps.length) breach('a step of a draft stands there twice')
}
