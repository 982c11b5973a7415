import { readFileSync } from 'node:fs'

interface LockedPackage {
  readonly version: string
  readonly license?: string
  readonly integrity?: string
  readonly resolved?: string
  readonly dev?: boolean
  /** A workspace of this repository. */
  readonly link?: boolean
  readonly hasInstallScript?: boolean
}

interface Manifest {
  readonly name: string
  readonly dependencies: Readonly<Record<string, string>>
  readonly devDependencies: Readonly<Record<string, string>>
  readonly optionalDependencies: Readonly<Record<string, string>>
}

export interface Locked extends LockedPackage {
  readonly name: string
}

const read = (file: string): unknown => JSON.parse(readFileSync(file, 'utf8'))

const packages = (read('package-lock.json') as { packages: Record<string, LockedPackage> }).packages
const { dependencies, ...rest } = read('package.json') as Manifest
const isOurs = (name: string) => packages[`node_modules/${name}`]?.link === true

/** What package.json asks of others: workspaces are our own. */
export const manifest: Manifest = {
  ...rest,
  dependencies: Object.fromEntries(Object.entries(dependencies).filter(([name]) => !isOurs(name))),
}

/** Every package of others in the lock file, on whatever depth, those of other platforms too. */
export const lockedPackages: readonly Locked[] = Object.entries(packages)
  .filter(([path, { link }]) => path.includes('node_modules/') && !link)
  .map(([path, locked]) => ({
    ...locked,
    name: path.slice(path.lastIndexOf('node_modules/') + 'node_modules/'.length),
  }))

export const productionPackages = lockedPackages.filter(({ dev }) => !dev)
