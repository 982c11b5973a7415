import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { type Locked, lockedPackages, manifest, productionPackages } from './lock-file.ts'

const LIST = 'test/supply-chain/production-packages.txt'
/** Name and licence of every package of the production tree, which somebody has looked at. */
const known = new Map(
  readFileSync(LIST, 'utf8')
    .trimEnd()
    .split('\n')
    .map((line) => [line.slice(0, line.indexOf(' ')), line.slice(line.indexOf(' ') + 1)] as const),
)

/** Licences whose terms a service under Apache-2.0 can keep without giving more away than it does. */
const allowedLicences = [
  '0BSD',
  'Apache-2.0',
  'BSD-2-Clause',
  'BSD-3-Clause',
  'ISC',
  'MIT',
  'MPL-2.0',
  'OFL-1.1',
  'Unlicense',
]
const isAllowed = (licence = 'none'): boolean =>
  licence.split(/ (?:AND|OR) /).every((one) => allowedLicences.includes(one.replace(/[()]/g, '')))

/** Packages that run a program of theirs while they are installed. */
const installScripts = { production: ['esbuild'], development: ['@swc/core', 'esbuild', 'workerd'] }

const named = ({ name, version, license = 'no licence' }: Locked) => `${name}@${version} (${license})`
const scripted = (packages: readonly Locked[]) =>
  [...new Set(packages.filter(({ hasInstallScript }) => hasInstallScript).map(({ name }) => name))].sort()

describe('production dependencies', () => {
  it('are those of the list, the whole tree', () => {
    const added = productionPackages.filter(({ name }) => !known.has(name)).map(named)
    expect(
      added,
      `new in production: ${added.join(', ')}. Look at who makes it and whether it is needed, then add "name licence" to ${LIST}`,
    ).toEqual([])
    const gone = [...known.keys()].filter((name) => !productionPackages.some((one) => one.name === name))
    expect(gone, `no longer in production: ${gone.join(', ')}. Take it out of ${LIST}`).toEqual([])
  })

  it('have the licences of the list, all of them allowed', () => {
    const changed = productionPackages.filter(({ name, license }) => known.get(name) !== license).map(named)
    expect(changed, `another licence than in ${LIST}: ${changed.join(', ')}`).toEqual([])
    const refused = productionPackages.filter(({ license }) => !isAllowed(license)).map(named)
    expect(refused, `not among the allowed licences (${allowedLicences.join(', ')}): ${refused.join(', ')}`).toEqual([])
  })

  it('run no program while they are installed, but esbuild', () => {
    expect(scripted(productionPackages)).toEqual(installScripts.production)
    expect(scripted(lockedPackages.filter(({ dev }) => dev))).toEqual(installScripts.development)
  })
})

describe('the lock file', () => {
  it('holds a digest of every package and no address to download it from', () => {
    expect(lockedPackages.filter(({ integrity }) => !integrity?.startsWith('sha512-')).map(named)).toEqual([])
    expect(lockedPackages.filter(({ resolved }) => resolved !== undefined).map(named)).toEqual([])
    expect(readFileSync('package-lock.json', 'utf8')).not.toMatch(/"resolved": "(?!src\/)|https?:\/\/[^"]*\.tgz/)
  })

  it('is asked for exact versions only', () => {
    const { dependencies, devDependencies, optionalDependencies } = manifest
    const loose = Object.entries({ ...dependencies, ...devDependencies, ...optionalDependencies }).filter(
      ([, version]) => !/^\d+\.\d+\.\d+(-[\w.]+)?$/.test(version),
    )
    expect(loose, 'not an exact version').toEqual([])
  })

  it('says what package.json says', () => {
    const asked = { ...manifest.dependencies, ...manifest.devDependencies, ...manifest.optionalDependencies }
    const missing = Object.entries(asked).filter(
      ([name, version]) => !lockedPackages.some((one) => one.name === name && one.version === version),
    )
    expect(missing).toEqual([])
  })
})

describe('packages that were thrown out', () => {
  it.each(['budoux', 'google-auth-library', 'node-fetch'])('%s is not in production again', (name) => {
    expect(productionPackages.map((one) => one.name)).not.toContain(name)
  })
})

describe('what is copied into the code', () => {
  it.each(['.', 'src/authoring/phrase-model'])('%s has the text of its licence beside it', (folder) => {
    expect(readFileSync(`${folder}/LICENSE`, 'utf8')).toMatch(/Apache License\s+Version 2\.0, January 2004/)
  })

  it('names whose it is', () => {
    expect(readFileSync('src/authoring/phrase-model/NOTICE', 'utf8')).toContain('Copyright 2021 Google LLC')
  })
})
