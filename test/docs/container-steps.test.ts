import { execFile, execFileSync, spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { chmod, cp, mkdir, readFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, expect, it, vi } from 'vitest'
import { freePort } from '../support/free-port.ts'
import { temporaryFolder } from '../support/temporary-folder.ts'

// What a builder of containers does with the manual's Containerfile, done by hand: a bare Debian root in place of the image.
// It installs packages for minutes, so it is for `npm run laws` alone, and only root may do it.

const runs = process.env.CASES === 'all' && process.getuid?.() === 0 && existsSync('/usr/bin/mmdebstrap')
if (process.env.CASES === 'all' && !runs)
  console.warn('NOT RUN: the steps of the Containerfile, which need root and mmdebstrap')

const folder = temporaryFolder('all tests')
const run = promisify(execFile)
const services: { kill(signal: 'SIGKILL'): unknown }[] = []
afterAll(() => {
  for (const service of services) service.kill('SIGKILL')
})

interface Step {
  readonly instruction: string
  readonly text: string
}

/** Instructions of a Containerfile in their order, lines that go on made one. */
const stepsOf = (text: string): readonly Step[] =>
  text
    .replaceAll(/^#.*\n/gm, '')
    .replaceAll(/\\\n\s*/g, '')
    .split('\n')
    .filter(Boolean)
    .map((line) => ({ instruction: line.split(' ', 1)[0] ?? '', text: line.slice(line.indexOf(' ') + 1) }))

/** An image as far as it was built: its root, and what was said of processes in it. */
interface Stage {
  readonly root: string
  workdir: string
  user: string
  env: Record<string, string>
  cmd: readonly string[]
}

/** What reaches mirrors and registries from here is this machine's to say: the builder's, not the file's. */
const CERTIFICATES = '/etc/ssl/certs/ca-certificates.crt'
const reaching: Readonly<Record<string, string>> = existsSync(CERTIFICATES)
  ? { NODE_EXTRA_CA_CERTS: '/builder.crt', npm_config_cafile: '/builder.crt' }
  : {}

async function from(image: string): Promise<Stage> {
  expect(image).toMatch(/^docker[.]io\/library\/debian:13-slim$/)
  const base = folder.path('debian')
  if (!existsSync(base)) await run('mmdebstrap', ['--variant=minbase', '--quiet', 'trixie', base])
  const root = folder.path(`root-${services.length}-${Math.random().toString(36).slice(2)}`)
  await run('cp', ['--archive', base, root])
  await cp('/etc/resolv.conf', join(root, 'etc/resolv.conf'), { dereference: true })
  if (existsSync(CERTIFICATES)) await cp(CERTIFICATES, join(root, 'builder.crt'), { dereference: true })
  const PATH = '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin'
  return { root, workdir: '/', user: 'root', env: { PATH }, cmd: [] }
}

/** The arguments for `unshare` with which a program is run in a stage, with processes and devices as a container has them. */
const inside = ({ root, workdir, user, env }: Stage, more: Record<string, string>, command: readonly string[]) => {
  const told = Object.entries({ ...env, ...more }).map(([name, value]) => `${name}=${value}`)
  const mount = `mount -t proc proc ${root}/proc && mount --rbind /dev ${root}/dev && exec "$@"`
  const enter = ['chroot', `--userspec=${user}`, root, 'env', '-i', ...told]
  return ['--mount', 'sh', '-c', mount, 'sh', ...enter, 'sh', '-c', `cd ${workdir} && exec "$@"`, 'sh', ...command]
}

async function copy(text: string, to: Stage, stages: ReadonlyMap<string, Stage>): Promise<void> {
  const [, stage, source = '', target = ''] = /^(?:--from=(\w+) )?(\S+) (\S+)$/.exec(text) ?? []
  const place = join(to.root, target.startsWith('/') ? target : join(to.workdir, target))
  await mkdir(dirname(place), { recursive: true })
  if (stage !== undefined) {
    await run('cp', ['--archive', '--no-target-directory', join(stages.get(stage)?.root ?? '', source), place])
    return
  }
  // of a clone: what git has
  expect(source).toBe('.')
  const files = execFileSync('git', ['ls-files', '-z']).toString().split('\0').filter(Boolean)
  for (const file of files) await cp(file, join(place, file), { recursive: true })
}

async function build(): Promise<Stage> {
  const stages = new Map<string, Stage>()
  let stage: Stage | undefined
  for (const { instruction, text } of stepsOf(await readFile('src/docs/examples/Containerfile', 'utf8'))) {
    if (instruction === 'FROM') {
      const [image = '', , name = 'last'] = text.split(' ')
      stage = await from(image)
      stages.set(name, stage)
      continue
    }
    if (!stage) throw new Error(`${instruction} stands before FROM`)
    if (instruction === 'RUN')
      await run('/usr/bin/unshare', inside(stage, reaching, ['sh', '-c', text]), { maxBuffer: 100_000_000 })
    else if (instruction === 'WORKDIR') {
      stage.workdir = text
      await mkdir(join(stage.root, text), { recursive: true })
    } else if (instruction === 'COPY') await copy(text, stage, stages)
    else if (instruction === 'ENV')
      for (const [, name = '', value = ''] of text.matchAll(/(\w+)=(\S+)/g))
        stage.env[name] = value.replace(/[$](\w+)/g, (_, other) => stage?.env[other] ?? '')
    else if (instruction === 'USER') stage.user = text
    else if (instruction === 'CMD') stage.cmd = JSON.parse(text)
    else expect(['VOLUME', 'EXPOSE', 'STOPSIGNAL']).toContain(instruction)
  }
  if (!stage) throw new Error('nothing was built')
  return stage
}

it.skipIf(!runs)(
  'the Containerfile makes of a bare Debian a service that is ready, as a user who is not root',
  { timeout: 1_800_000 },
  async () => {
    const image = await build()
    expect(image.user).toBe('kentei')
    expect(existsSync(join(image.root, 'usr/bin/npm'))).toBe(false)

    const exams = join(image.root, 'etc/kentei/exams')
    await cp('test/support/tiny-exam', join(exams, 'tiny'), { recursive: true })
    await chmod(join(image.root, 'etc/kentei'), 0o755)
    const [port, metrics] = [await freePort(), await freePort()]
    const settings = {
      KENTEI_ORIGIN: 'https://kentei.example',
      KENTEI_LISTEN: `127.0.0.1:${port}`,
      KENTEI_METRICS_LISTEN: `127.0.0.1:${metrics}`,
      MARKETPLACE_ORIGIN: 'http://127.0.0.1:9',
      MARKETPLACE_WEBHOOK_KEYS: '["whpk_AA=="]',
    }
    const service = spawn('/usr/bin/unshare', inside(image, settings, image.cmd), { stdio: 'pipe' })
    services.push(service)
    let said = ''
    for (const stream of [service.stdout, service.stderr]) stream.on('data', (chunk) => (said += chunk))
    const ready = () => fetch(`http://127.0.0.1:${port}/readyz`).then((answer) => answer.text(), String)
    await vi.waitFor(
      async () => {
        expect(service.exitCode, said).toBe(null)
        expect(await ready(), said).toContain('"status":"ready"')
      },
      { timeout: 240_000, interval: 500 },
    )
    expect(await (await fetch(`http://127.0.0.1:${metrics}/metrics`)).text()).toContain('kentei_database_up 1')

    service.kill('SIGTERM')
    await vi.waitFor(() => expect(service.exitCode, said).toBe(0), { timeout: 60_000 })
  },
)
