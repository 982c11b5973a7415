import { isIP } from 'node:net'
import { resolve } from 'node:path'
import type { Language } from '../authoring/said.ts'
import type { ExitCode } from '../platform/words/command-line.ts'
import { type ServiceName, type ServiceSettings, serviceEnvironment } from './start-service.ts'
import { command, dataOption, type Surroundings, type Terminal, UsageError } from './terminal.ts'
import { type Translate, textsOf } from './texts.ts'

/** Options that say the same as a variable. */
const options = {
  origin: 'KENTEI_ORIGIN',
  marketplace: 'MARKETPLACE_ORIGIN',
  'webhook-keys': 'MARKETPLACE_WEBHOOK_KEYS',
  subscribers: 'SUBSCRIBERS',
  operators: 'KENTEI_OPERATORS',
} as const satisfies Record<string, ServiceName>
type Option = keyof typeof options

const optionOf = (name: string): string | undefined => Object.entries(options).find(([, one]) => one === name)?.[0]

type Args = Readonly<Partial<Record<Option | 'listen' | 'data' | 'exams', string | undefined>>>

/** The address and the port that `host:port` names; undefined where it is none. */
export function readListen(text: string): ServiceSettings['listen'] | undefined {
  const [, host = '', port = ''] = /^\[?([^\]]+?)\]?:(\d{1,5})$/.exec(text) ?? []
  const isAddress = isIP(host) !== 0 || host === 'localhost'
  return isAddress && Number(port) >= 1 && Number(port) <= 65_535 ? { host, port: Number(port) } : undefined
}

const SUBSCRIBERS_SAMPLE = `'[{"id": "market", "url": "https://market.example/webhooks/kentei"}]'`

/** What a variable has to be, as the texts say it. */
function expectedOf(t: Translate, name: string): string {
  switch (name) {
    case 'KENTEI_ORIGIN':
    case 'MARKETPLACE_ORIGIN':
      return t('usage.serve.expects.origin')
    case 'MARKETPLACE_JWKS_URL':
    case 'MARKETPLACE_API':
      return t('usage.serve.expects.address')
    case 'MARKETPLACE_WEBHOOK_KEYS':
      return t('usage.serve.expects.webhook-keys')
    case 'SUBSCRIBERS':
      return t('usage.serve.expects.subscribers', { sample: SUBSCRIBERS_SAMPLE })
    case 'KENTEI_OPERATORS':
    case 'KENTEI_AUTHORS':
      return t('usage.serve.expects.staff')
    case 'KENTEI_LISTEN':
      return t('usage.serve.expects.listen')
    case 'KENTEI_DEMO_BANK':
      return t('usage.serve.expects.demo-bank')
    case 'KENTEI_SECURITY_CONTACT':
      return t('usage.serve.expects.contact')
    default:
      return t('usage.serve.expects.text')
  }
}

/** Reads the settings from the command line and the environment. @throws a `UsageError` that names each wrong one, and what it has to be. */
export function readServiceSettings(args: Args, { env, cwd }: Pick<Terminal, 'env' | 'cwd'>): ServiceSettings {
  const given = {
    ...env,
    ...Object.fromEntries(
      Object.entries(options).flatMap(([option, name]) => {
        const value = args[option as Option]
        return value === undefined ? [] : [[name, value]]
      }),
    ),
  }
  // a brand may be a file, which is read where the service starts
  const read = serviceEnvironment.omit({ MARKETPLACE_BRAND: true }).safeParse(given)
  const listen = readListen(args.listen ?? env.KENTEI_LISTEN ?? '127.0.0.1:8787')
  const wrong = new Set([
    ...(read.error?.issues ?? []).map(({ path }) => String(path[0])),
    ...(listen ? [] : ['KENTEI_LISTEN']),
  ])
  if (wrong.size > 0 || !listen)
    throw new UsageError((t) =>
      [...wrong]
        .map((name) => {
          const option = name === 'KENTEI_LISTEN' ? 'listen' : optionOf(name)
          const isGiven = name === 'KENTEI_LISTEN' || given[name] !== undefined
          const setting = option === undefined ? name : `--${option} (${name})`
          return t('usage.serve.wrong', { setting, given: isGiven ? 'yes' : 'no', expected: expectedOf(t, name) })
        })
        .join('\n'),
    )
  const names = Object.keys(serviceEnvironment.shape) as ServiceName[]
  return {
    environment: Object.fromEntries(names.map((name) => [name, given[name]])) as ServiceSettings['environment'],
    listen,
    dataFolder: resolve(cwd, args.data ?? '.data'),
    examsFolder: resolve(cwd, args.exams ?? env.EXAMS_DIR ?? 'exams'),
  }
}

/** `kentei serve`: runs the service alone until it is stopped. */
async function runServe(
  args: Args,
  {
    terminal,
    startService,
    language,
  }: Pick<Surroundings, 'terminal' | 'startService'> & { readonly language: Language },
): Promise<ExitCode> {
  const t = textsOf(language)
  const settings = readServiceSettings(args, terminal)
  if (!startService) throw new UsageError((say) => say('usage.serve.notHere'))
  const service = await startService(settings)
  const { KENTEI_ORIGIN: origin, MARKETPLACE_ORIGIN: market, SUBSCRIBERS: subscribers } = settings.environment
  const { host, port } = settings.listen
  terminal.out(t('cli.serve.runs', { origin, at: `${host}:${port}`, market, exams: service.exams.join(', ') }))
  terminal.out(t('cli.serve.stop', { folder: settings.dataFolder }))
  if (subscribers === undefined) terminal.err(t('cli.serve.nobodyTold'))
  for (const note of service.notes) terminal.err(t('cli.serve.note', { note }))
  await terminal.stopped()
  await service.close()
  return 0
}

export const serveCommand = command({
  describe: (t) => t('command.serve'),
  mostArguments: 0,
  options: (t, { terminal }) => ({
    origin: { type: 'string', description: t('option.serve.origin'), valueHint: 'origin' },
    listen: { type: 'string', description: t('option.serve.listen'), valueHint: 'host:port' },
    marketplace: { type: 'string', description: t('option.serve.marketplace'), valueHint: 'origin' },
    'webhook-keys': { type: 'string', description: t('option.serve.webhook-keys'), valueHint: '["whpk_…"]' },
    subscribers: { type: 'string', description: t('option.serve.subscribers'), valueHint: '[{id, url}]' },
    operators: { type: 'string', description: t('option.serve.operators'), valueHint: 'id,claim=value' },
    exams: { type: 'string', description: t('option.serve.exams'), valueHint: 'folder' },
    ...dataOption(t, terminal),
  }),
  run: ({ args: { _, ...args }, ...around }) => runServe(args as Args, around),
})
