import { readFileSync } from 'node:fs'

interface LockedPackage {
  readonly version: string
  readonly license?: string
  readonly integrity?: string
  readonly resolved?: string
  readonly dev?: boolean
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

export const manifest = read('package.json') as Manifest

/** Every package of the lock file, on whatever depth, those of other platforms too. */
export const lockedPackages: readonly Locked[] = Object.entries((read('package-lock.json') as { packages: Record<string, LockedPackage> }).packages)
  .filter(([path]) => path !== '')
  .map(([path, locked]) => ({ ...locked, name: path.slice(path.lastIndexOf('node_modules/') + 'node_modules/'.length) }))

export const productionPackages = lockedPackages.filter(({ dev }) => !dev)
