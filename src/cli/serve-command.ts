import type { Language } from '../authoring/said.ts'
import type { ExitCode } from '../platform/words/command-line.ts'
import { type Args, readServiceSettings } from './read-service-settings.ts'
import { command, type Surroundings, UsageError } from './terminal.ts'
import { textsOf } from './texts.ts'

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
  const { settings: file } = args
  const settings = await readServiceSettings({
    args,
    env: terminal.env,
    cwd: terminal.cwd,
    ...(file === undefined ? {} : { file }),
  })
  if (!startService) throw new UsageError((say) => say('usage.serve.notHere'))
  const service = await startService(settings)
  const { host, port } = settings.listen
  const exams = service.exams.join(', ')
  for (const { name, environment, dataFolder } of settings.tenants) {
    const { KENTEI_ORIGIN: origin, MARKETPLACE_ORIGIN: market, SUBSCRIBERS: subscribers } = environment
    if (name === undefined) {
      terminal.out(t('cli.serve.runs', { origin, at: `${host}:${port}`, market, exams }))
      terminal.out(t('cli.serve.stop', { folder: dataFolder }))
    } else terminal.out(t('cli.tenants.one', { name, origin, market }))
    if (subscribers === undefined)
      terminal.err(
        name === undefined
          ? t('cli.serve.nobodyTold')
          : t('cli.tenants.failed', { name, why: t('cli.serve.nobodyTold') }),
      )
  }
  if (settings.tenants[0].name !== undefined)
    terminal.out(t('cli.tenants.runs', { tenants: settings.tenants.length, at: `${host}:${port}`, exams }))
  for (const note of service.notes) terminal.err(t('cli.serve.note', { note }))
  await terminal.stopped()
  await service.close()
  return 0
}

export const serveCommand = command({
  describe: (t) => t('command.serve'),
  mostArguments: 0,
  options: (t) => ({
    settings: { type: 'string', description: t('option.serve.settings'), valueHint: 'file' },
    tenants: { type: 'string', description: t('option.tenants'), valueHint: 'folder' },
    origin: { type: 'string', description: t('option.serve.origin'), valueHint: 'origin' },
    listen: { type: 'string', description: t('option.serve.listen'), valueHint: 'host:port' },
    'proxy-hops': { type: 'string', description: t('option.serve.proxy-hops'), valueHint: '0–8' },
    metrics: { type: 'string', description: t('option.serve.metrics'), valueHint: 'host:port' },
    marketplace: { type: 'string', description: t('option.serve.marketplace'), valueHint: 'origin' },
    'webhook-keys': { type: 'string', description: t('option.serve.webhook-keys'), valueHint: '["whpk_…"]' },
    subscribers: { type: 'string', description: t('option.serve.subscribers'), valueHint: '[{id, url}]' },
    operators: { type: 'string', description: t('option.serve.operators'), valueHint: 'id,claim=value' },
    exams: { type: 'string', description: t('option.serve.exams'), valueHint: 'folder' },
    data: { type: 'string', description: t('option.data'), valueHint: 'folder' },
  }),
  run: ({ args: { _, ...args }, ...around }) => runServe(args as Args, around),
})
