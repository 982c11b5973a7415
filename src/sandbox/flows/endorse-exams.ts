import type { Language, Subjects } from '../../../dist/texts.d.ts'
import { requestOf } from '../../contract/call.ts'
import { endorseAchievement } from '../../contract/kentei/trust.ts'
import { type Instant, minutes, plus, seconds } from '../../kernel/instant.ts'
import { catalogue } from '../../platform/words/catalogue.ts'
import endorsementTexts from '../../texts/endorsement?texts'
import { categories } from '../people/worker.ts'
import type { SandboxWorld } from '../sandbox-world.ts'
import { signEndorsement, signServiceToken } from '../trust/sign-token.ts'

const TIMEOUT = seconds(5)

const said = catalogue<Subjects['endorsement'], Language>([endorsementTexts]).each((t) => t('endorsement.comment'))
/** In both languages: whoever reads it need not know the one of the marketplace. */
const COMMENT = `${said.ja} ${said.en}`

/** Which exams a run of the marketplace has endorsed (`done`), or when it tries again. */
const progress = new WeakMap<SandboxWorld, Map<string, Instant | 'done'>>()

/** Hands an endorsement of one exam over. @returns whether the plugin took it. */
async function endorse(world: SandboxWorld, exam: string): Promise<boolean> {
  const { origin, pluginOrigin } = world.settings
  const endorsement = await signEndorsement(world, {
    achievement: `${pluginOrigin}/achievements/${exam}`,
    name: new URL(origin).host,
    comment: COMMENT,
  })
  const headers = {
    authorization: `Bearer ${await signServiceToken(world, endorseAchievement.scope)}`,
    'content-type': 'application/json',
  }
  const { method, path, body } = requestOf(endorseAchievement, { path: { exam }, body: { endorsement } })
  const response = await world
    .fetch(`${pluginOrigin}${path}`, { method, headers, body: JSON.stringify(body) }, TIMEOUT)
    .catch(() => undefined)
  await response?.body?.cancel()
  return response?.ok ?? false
}

/** Endorses each exam that certifies a category of work, once while the marketplace runs; what is refused is tried again a minute later. */
export async function endorseExams(world: SandboxWorld): Promise<void> {
  const tried = progress.get(world) ?? new Map<string, Instant | 'done'>()
  progress.set(world, tried)
  for (const exam of categories) {
    const state = tried.get(exam)
    if (state === 'done' || (state !== undefined && world.trustNow() < state)) continue
    tried.set(exam, plus(world.trustNow(), minutes(1)))
    if (await endorse(world, exam)) tried.set(exam, 'done')
  }
}
