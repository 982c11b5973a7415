import { randomUUID } from 'node:crypto'
import { stat } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import type { Language } from '../authoring/said.ts'
import { requestOf } from '../contract/call.ts'
import { endSessionsByMachine } from '../contract/kentei/staff.ts'
import { roles, workerId } from '../contract/tokens.ts'
import { openKeyRing, signingKey } from '../credential/keys.ts'
import { endSessionsByMachine as endSessionsHere } from '../flows/end-sessions.ts'
import { instant } from '../kernel/instant.ts'
import type { SessionOwners } from '../marketplace/sessions/store.ts'
import { signServiceToken } from '../marketplace/trusted-token.ts'
import { readAnswer } from '../platform/http/read-bounded.ts'
import type { ExitCode } from '../platform/words/command-line.ts'
import { readPluginKeys } from './keys/key-store.ts'
import { openWriter } from './open-writer.ts'
import { refusedBy, serviceUrl, unreached } from './publish-command.ts'
import { command, dataOption, type Terminal, UsageError } from './terminal.ts'
import { type Say, textsOf } from './texts.ts'

export interface SessionsOptions {
  readonly worker: string | undefined
  readonly role: string | undefined
  readonly why: string | undefined
  /** Data folder of the service. */
  readonly data: string
  /** Origin of a running service, instead of the database in the data folder. */
  readonly to: string | undefined
  readonly language: Language
}

const TIMEOUT_MS = 60_000
const MAX_ANSWER_BYTES = 65_536
const MOST_WHY = 400

function readOwners({ worker, role }: SessionsOptions): SessionOwners {
  if ((worker === undefined) === (role === undefined)) throw new UsageError((t) => t('usage.sessionsWhose'))
  if (worker !== undefined) {
    if (!workerId.safeParse(worker).success) throw new UsageError((t) => t('usage.noWorkerId', { worker }))
    return { worker }
  }
  const known = roles.find((one) => one === role)
  if (!known) throw new UsageError((t) => t('usage.oneOf', { option: '--role', known: roles.join(', ') }))
  return { role: known }
}

/** `kentei sessions end`: ends all sessions of a person or a role at once, in the database or at a running service. It stands in the log of acts. */
async function runSessions(options: SessionsOptions, terminal: Terminal): Promise<ExitCode> {
  const owners = readOwners(options)
  const why = options.why?.trim() ?? ''
  if (why === '' || why.length > MOST_WHY) throw new UsageError((t) => t('usage.sessionsWhy', { most: MOST_WHY }))
  const t = textsOf(options.language)
  const done =
    options.to === undefined
      ? await endHere({ owners, why }, resolve(terminal.cwd, options.data), terminal)
      : await endThere({ owners, why }, { ...options, to: options.to }, terminal)
  if ('problem' in done) {
    terminal.err(done.problem(t))
    return 1
  }
  terminal.out(t('cli.sessions.ended', { count: done.ended }))
  return 0
}

type Ending = { readonly owners: SessionOwners; readonly why: string }
type Done = { readonly ended: number } | { readonly problem: Say }

async function endHere(ending: Ending, folder: string, terminal: Terminal): Promise<Done> {
  const file = join(folder, 'kentei.db')
  if (!(await stat(file).catch(() => undefined))) throw new UsageError((t) => t('usage.noDatabaseTo', { file }))
  const { world, close } = await openWriter(folder, terminal)
  try {
    return { ended: await endSessionsHere(world, ending) }
  } finally {
    await close()
  }
}

/** A token of the service key in the data folder; or the one that was handed in. */
async function serviceToken(origin: string, data: string, terminal: Terminal): Promise<string> {
  const given = terminal.env.KENTEI_SERVICE_TOKEN
  if (given) return given
  const key = signingKey(await openKeyRing(origin, await readPluginKeys(resolve(terminal.cwd, data))), 'service')
  if (!key) throw new UsageError((t) => t('usage.noServiceKey', { folder: data }))
  return signServiceToken({
    key,
    issuer: origin,
    audience: origin,
    jti: randomUUID(),
    scope: endSessionsByMachine.scope,
    now: instant(terminal.now()),
  })
}

async function endThere(
  { owners, why }: Ending,
  { to, data }: SessionsOptions & { readonly to: string },
  terminal: Terminal,
): Promise<Done> {
  const { method, path, body } = requestOf(endSessionsByMachine, { path: {}, body: { ...owners, why } })
  const url = serviceUrl(path, to, '--to')
  const token = await serviceToken(url.origin, data, terminal)
  try {
    const response = await fetch(url, {
      method,
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
      body: JSON.stringify(body),
      redirect: 'error',
      signal: AbortSignal.timeout(TIMEOUT_MS),
    })
    const text = (await readAnswer(response, MAX_ANSWER_BYTES)) ?? ''
    if (!response.ok) return { problem: refusedBy(url, response.status, text) }
    return endSessionsByMachine.answer.parse(JSON.parse(text))
  } catch (problem) {
    return { problem: unreached(url, problem) }
  }
}

export const sessionsCommand = command({
  describe: (t) => t('command.sessions'),
  mostArguments: 1,
  options: (t, { terminal }) => ({
    ...dataOption(t, terminal),
    worker: { type: 'string', description: t('option.sessions.worker'), valueHint: t('hint.marketId') },
    role: { type: 'string', description: t('option.sessions.role'), valueHint: 'worker|author|operator' },
    why: { type: 'string', description: t('option.sessions.why') },
    to: { type: 'string', description: t('option.sessions.to'), valueHint: 'origin' },
  }),
  run: ({ args, language, terminal }) => {
    if (args._[0] !== 'end') throw new UsageError((t) => t('usage.sessions'))
    const { worker, role, why, data, to } = args
    return runSessions({ worker, role, why, data, to, language }, terminal)
  },
})
