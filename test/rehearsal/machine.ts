import { type ChildProcess, execFile, execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import { createWriteStream } from 'node:fs'
import { copyFile, mkdir, readFile, writeFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { promisify } from 'node:util'

const PATIENCE_MS = 180_000

/** Asks again and again. @throws where it does not become true for minutes. */
export async function until(what: string, isSo: () => Promise<boolean>, patienceMs = PATIENCE_MS): Promise<void> {
  for (const end = Date.now() + patienceMs; Date.now() < end; await sleep(250))
    if (await isSo().catch(() => false)) return
  throw new Error(`it did not come to pass: ${what}`)
}

/** A program that runs until it is ended; what it says goes to a file of the folder. */
export class Program {
  readonly #child: ChildProcess
  readonly #ended: Promise<unknown>

  constructor(
    name: string,
    [program = '', ...args]: readonly string[],
    { folder, cwd = process.cwd(), env = {} }: { folder: string; cwd?: string; env?: Record<string, string> },
  ) {
    const log = createWriteStream(join(folder, `${name}.log`), { flags: 'a' })
    this.#child = spawn(program, args, { cwd, env: { ...process.env, ...env }, stdio: ['ignore', 'pipe', 'pipe'] })
    this.#child.stdout?.pipe(log, { end: false })
    this.#child.stderr?.pipe(log, { end: false })
    this.#ended = once(this.#child, 'exit')
  }

  get isRunning(): boolean {
    return this.#child.exitCode === null && this.#child.signalCode === null
  }

  async end(signal: 'SIGTERM' | 'SIGKILL' = 'SIGTERM'): Promise<void> {
    if (!this.isRunning) return
    this.#child.kill(signal)
    await this.#ended
  }
}

/** A key and a certificate for these addresses, signed by itself. */
export function layCertificate(folder: string, addresses: readonly string[]): void {
  const names = addresses.map((address) => `IP:${address}`).join(',')
  const own = ['req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-days', '2', '-subj', '/CN=kentei']
  const files = ['-keyout', join(folder, 'kentei.key'), '-out', join(folder, 'kentei.pem')]
  execFileSync('openssl', [...own, '-addext', `subjectAltName=${names}`, ...files], { stdio: 'ignore' })
}

/** nginx as the manual's example has it, for the hosts of two tenants. */
export async function layNginx(
  folder: string,
  { hosts, port }: { readonly hosts: readonly string[]; readonly port: number },
): Promise<readonly string[]> {
  const [https = ''] = (await readFile('src/docs/examples/nginx.conf', 'utf8')).split(/^server \{\n {2}listen 80;/m)
  const config = https
    .replaceAll('127.0.0.1:8787', `127.0.0.1:${port}`)
    .replace('listen 443 ssl;', hosts.map((host) => `listen ${host}:443 ssl;`).join(' '))
    .replace(/^ *listen \[::\].*$/m, '')
    .replace('server_name kentei.example', `server_name ${hosts.join(' ')}`)
    .replaceAll('/etc/ssl', folder)
  const temporary = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'].map(
    (name) => `${name}_temp_path ${join(folder, `nginx-${name}`)};`,
  )
  const path = join(folder, 'nginx.conf')
  const events = 'events { worker_connections 4096; }'
  await writeFile(
    path,
    `daemon off; master_process off; pid ${folder}/nginx.pid; error_log stderr; ${events}\nhttp { access_log off; ${temporary.join(' ')}\n${config} }`,
  )
  return ['/usr/sbin/nginx', '-c', path, '-e', 'stderr']
}

/** Prometheus with the manual's rules. */
export async function layPrometheus(
  folder: string,
  { metrics, port }: { readonly metrics: number; readonly port: number },
): Promise<readonly string[]> {
  await copyFile('src/docs/examples/alerts.yml', join(folder, 'kentei-alerts.yml'))
  const path = join(folder, 'prometheus.yml')
  await writeFile(
    path,
    `global: { scrape_interval: 2s, evaluation_interval: 2s }
scrape_configs:
  - job_name: kentei
    static_configs: [{ targets: ['127.0.0.1:${metrics}'] }]
rule_files: [${folder}/kentei-alerts.yml]
`,
  )
  await mkdir(join(folder, 'prometheus'))
  return [
    '/usr/bin/prometheus',
    `--config.file=${path}`,
    `--storage.tsdb.path=${folder}/prometheus`,
    `--web.listen-address=127.0.0.1:${port}`,
  ]
}

/** The guide's marketplace in a folder of its own, with what it installs. */
export async function layExampleMarket(folder: string): Promise<string> {
  const own = join(folder, 'market')
  await mkdir(own)
  const npm = (cwd: string, ...args: string[]) =>
    execFileSync('npm', args, { cwd, stdio: ['ignore', 'ignore', 'inherit'] })
  npm(process.cwd(), 'pack', '--silent', '--pack-destination', own, './dist/verify', './dist/marketplace')
  npm(own, 'init', '-y')
  const packed = execFileSync('ls', [own], { encoding: 'utf8' })
    .split('\n')
    .filter((name) => name.endsWith('.tgz'))
  npm(own, 'install', '--silent', ...packed.map((name) => `./${name}`), '@hono/node-server', 'hono')
  await copyFile(join(own, 'node_modules/@kentei/marketplace/examples/marketplace.mjs'), join(own, 'marketplace.mjs'))
  return own
}

/** Runs `kentei` to its end, while this process answers others. @returns what it printed. @throws where it ends with another code than 0. */
export async function kentei(args: readonly string[]): Promise<string> {
  const { stdout } = await promisify(execFile)(process.execPath, [resolve('dist/kentei.mjs'), ...args, '--lang', 'en'])
  return stdout
}
