import type { Rest } from './invariants.ts'
import type { Instance } from './open-instance.ts'

/** An answer as it is kept. */
export interface KeptAnswer {
  readonly attempt: string
  readonly item: string
  readonly revision: number
  /** JSON of it. */
  readonly response: string
}

const instanceOf = ({ instances }: Rest): Instance => {
  const [machine] = instances.machines
  if (!machine?.running) throw new Error('no instance is left')
  return machine.running.instance
}

/** Every answer that is kept, in the database or in the archive. */
export async function keptAnswers(rest: Rest): Promise<KeptAnswer[]> {
  const kept: KeptAnswer[] = []
  for (const { id } of rest.instances.rows<{ id: string }>('select id from attempts order by id'))
    for (const { item, revision, response } of await instanceOf(rest).answers(id))
      kept.push({ attempt: id, item, revision, response: JSON.stringify(response) })
  return kept
}

/** Each attempt comes out the same when it is graded again, archived or not, and its paper is the one that was begun. */
export async function findChangedWork(rest: Rest, breach: (what: string) => void): Promise<void> {
  const { instances, known } = rest
  const attempts = instances.rows<{ id: string; form: string; hash: string; status: string; archived: string | null }>(
    'select id, form, bank_hash as hash, status, archived from attempts order by id',
  )
  for (const { id, form, hash } of attempts) {
    const paper = known.sat.find((sat) => sat.id === id)?.paper
    if (paper && (paper.form !== form || paper.hash !== hash)) breach(`the paper of ${id} is another than was begun`)
  }
  const named = new Set<string>()
  for (const { id, status, archived } of attempts) {
    if (archived !== null) named.add(JSON.parse(archived).name)
    if (status !== 'graded') continue
    const replayed = await instanceOf(rest).replay(id)
    if (!replayed.ok) breach(`${id} cannot be graded again: ${replayed.problem.code}`)
    else if (replayed.value.replayed !== replayed.value.reported)
      breach(`${id} was ${replayed.value.reported}, and ${replayed.value.replayed} when it was graded again`)
    else if (archived !== null && replayed.value.signature !== 'good')
      breach(`the file of ${id} has a signature that is ${replayed.value.signature}`)
    if (archived !== null && instances.rows(`select 1 from responses where attempt_id = '${id}'`).length > 0)
      breach(`${id} is archived, and its answers are in the database still`)
  }
  for (const name of named) if (!instances.shelf.files.has(name)) breach(`${name} is missing in the archive`)
}

interface PublicationRow {
  readonly id: string
  readonly hash: string
  readonly act: string
  readonly by: string
}

/** What is live is what was published last, each version by another person than wrote it, after a comparison with what it replaced. */
export function findWrongPublications({ instances, known }: Rest, breach: (what: string) => void): void {
  const publications = instances.rows<PublicationRow>(
    'select id, hash, act, "by" from exam_publications order by rowid',
  )
  const [live] = instances.rows<{ hash: string }>(
    'select hash from exam_versions where published_at > 0 order by published_at desc limit 1',
  )
  const last = publications.at(-1)
  if (last && last.hash !== live?.hash) breach(`${last.id} was published last, and is not live`)
  const approved = instances.rows<{ id: string; hash: string; by: string; decided_by: string }>(
    'select id, hash, "by", decided_by from exam_proposals where status = \'approved\'',
  )
  for (const { id, by, decided_by } of approved) if (by === decided_by) breach(`${by} published ${id} alone`)
  const times = publications.filter(({ act }) => act === 'approved').length
  if (times !== approved.length) breach(`${approved.length} versions were approved, and ${times} published so`)
  for (const { act, subject, against } of known.done) {
    if (act !== 'exam.approved' || against === undefined) continue
    const { hash } = approved.find(({ id }) => id === subject) ?? {}
    const isSo = publications.some((one, nth) => one.hash === hash && publications[nth - 1]?.hash === against)
    if (!isSo) breach(`${subject} was told to take the place of what it was compared with, and did not`)
  }
}
