import { bankHash, itemHash } from '../../src/authoring/content-hash.ts'
import type { Bank } from '../../src/item/bank.ts'
import type { Item, Key } from '../../src/item/item.ts'
import type { Instances } from './instances.ts'
import type { Caller, Known } from './people.ts'

/** The same question with another key: whoever is graded by it and sat the other is graded wrongly. */
const otherKey = (key: Key, by: number): Key => {
  if (key.type === 'single') return { ...key, choice: (key.choice + by) % 4 }
  if (key.type === 'true-false') return { ...key, choice: (key.choice + by) % 2 }
  return key.type === 'numeric' ? { ...key, value: Number(key.value) + 10 * by } : key
}

/** Versions of a bank whose questions look the same and have other keys; the first is the bank itself. */
export function versionsOf(bank: Bank, number: number): readonly Bank[] {
  return Array.from({ length: number }, (_, by): Bank => {
    if (by === 0) return bank
    const items = bank.items.map((item): Item => {
      const wordings = Object.fromEntries(
        Object.entries(item.wordings).map(([locale, wording]) => [
          locale,
          { ...wording, secret: { ...wording.secret, key: otherKey(wording.secret.key, by) } },
        ]),
      )
      const hash = itemHash({ ...item, wordings })
      return { ...item, wordings, version: hash === item.hash ? item.version : item.version + by, hash }
    })
    const content = { exam: { ...bank.exam, version: bank.exam.version + by }, items }
    return { ...content, hash: bankHash(content) }
  })
}

interface Waiting {
  readonly id: string
  readonly by: string
  readonly hash: string
  readonly status: string
}

/** Authors hand versions in, approve, return and withdraw them, while people sit; an operator goes back to an earlier one. */
export async function actAsAuthors(
  authors: readonly Caller[],
  {
    instances,
    known,
    versions,
    operator,
    until,
  }: {
    readonly instances: Instances
    readonly known: Known
    readonly versions: readonly Bank[]
    readonly operator: Caller
    readonly until: number
  },
): Promise<void> {
  const { scheduler } = instances
  const { random } = scheduler
  const why = 'looked into'
  while (scheduler.now < until) {
    const author = authors[random.below(authors.length)] as Caller
    await author.wait(20_000)
    const act = async (
      by: Caller,
      name: string,
      path: string,
      body: { readonly hash?: string; readonly against?: string; readonly why: string },
    ) => {
      const reply = await by.insist({ method: 'POST', path, body, headers: by.key() })
      if (reply && reply.status < 300)
        known.done.push({
          act: name,
          subject: path.split('/').at(-2) ?? '',
          ...(body.against === undefined ? {} : { against: body.against }),
        })
    }
    const whim = random.below(8)
    if (whim < 3) {
      const bank = versions[1 + random.below(versions.length - 1)]
      const reply = await author.insist({ method: 'POST', path: '/admin/exams', body: { bank } })
      if (reply?.status === 201) known.done.push({ act: 'exam.handed-in', subject: reply.json.proposal })
      continue
    }
    const listed = await author.ask({ method: 'GET', path: '/api/staff/exams/tiny/versions' })
    if (listed?.status !== 200) continue
    const { live, versions: published } = listed.json as { live: string; versions: { hash: string }[] }
    if (whim === 7) {
      const earlier = published.filter(({ hash }) => hash !== live)
      const to = earlier[random.below(Math.max(1, earlier.length))]
      if (to)
        await act(operator, 'exam.rolled-back', '/api/staff/exams/tiny/roll-back', {
          hash: to.hash,
          against: live,
          why,
        })
      continue
    }
    const reply = await author.ask({ method: 'GET', path: '/api/staff/proposals' })
    if (reply?.status !== 200) continue
    const waiting = (reply.json.proposals as Waiting[]).filter(({ status }) => status === 'waiting')
    const proposal = waiting[random.below(Math.max(1, waiting.length))]
    if (!proposal) continue
    const path = `/api/staff/proposals/${proposal.id}`
    if (proposal.by === author.name) await act(author, 'exam.withdrawn', `${path}/withdraw`, { why })
    else if (whim === 6) await act(author, 'exam.returned', `${path}/return`, { why })
    else {
      const approve = (by: Caller, id: string) =>
        act(by, 'exam.approved', `/api/staff/proposals/${id}/approve`, { against: live, why })
      // each author another's version, at once, now and then
      if (random.below(2) === 0) await approve(author, proposal.id)
      else
        await Promise.all(
          authors.flatMap((by) => {
            const one = waiting.find((other) => other.by !== by.name)
            return one ? [approve(by, one.id)] : []
          }),
        )
    }
  }
}
