import { dirname, resolve } from 'node:path'
import { defineConfig } from 'vitest/config'
import { BaseSequencer, type TestSpecification } from 'vitest/node'
import { type AssetImport, assetImport, assetModule } from '../src/node/assets.ts'
import { endurance, long, longest } from './suite-lengths.ts'

const root = resolve(import.meta.dirname, '..')

class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const place = ({ moduleId }: TestSpecification) => {
      const at = longest.findIndex((name) => moduleId.includes(`/test/${name}.test.`))
      return at < 0 ? longest.length : at
    }
    return (await super.sort(files)).toSorted((a, b) => place(a) - place(b))
  }
}

/** Looks at what all the others did. */
const last = ['test/plans/coverage.test.ts']

/** No test is about how long something takes: these end what hangs, on a machine that has ten other things to do. */
const shared = {
  setupFiles: ['test/plans/setup.ts'],
  pool: 'forks' as const,
  testTimeout: 300_000,
  hookTimeout: 300_000,
  expect: { poll: { timeout: 60_000 } },
}

/** Files that are imported as text, as the build makes them. Their modules are named so that no other plugin takes them for CSS. */
const assets = {
  name: 'assets',
  enforce: 'pre' as const,
  resolveId(specifier: string, importer: string | undefined) {
    const asset = importer && assetImport(specifier, dirname(importer))
    return asset ? `\0${asset.kind}:${asset.path}.js` : undefined
  },
  load(id: string) {
    const [, kind, path] = /^\0(asset|texts|docs|programs):(.+)[.]js$/.exec(id) ?? []
    return kind && path ? assetModule({ kind: kind as AssetImport['kind'], path }) : undefined
  },
}

export default defineConfig({
  root,
  plugins: [assets],
  oxc: { jsx: { runtime: 'automatic', importSource: 'hono/jsx' } },
  test: {
    reporters: ['default'],
    sequence: { sequencer: LongestFirst },
    globalSetup: ['test/support/run-folder.ts'],
    projects: [
      // files of a worker share their modules, and what those remember: loading them anew for each takes longer than the tests
      {
        extends: true,
        test: {
          ...shared,
          name: 'light',
          include: ['test/**/*.test.{ts,tsx}'],
          exclude: [...long, ...endurance, ...last],
          isolate: false,
          maxWorkers: 2,
          sequence: { groupOrder: 0 },
        },
      },
      // one more than there are processors: they wait for browsers, for services and for each other's replies as often as they work
      {
        extends: true,
        test: {
          ...shared,
          name: 'long',
          include: long,
          exclude: endurance,
          isolate: false,
          maxWorkers: 3,
          sequence: { groupOrder: 1 },
        },
      },
      {
        extends: true,
        test: {
          ...shared,
          name: 'endurance',
          include: endurance,
          isolate: false,
          maxWorkers: 3,
          sequence: { groupOrder: 1 },
        },
      },
      { extends: true, test: { ...shared, name: 'last', include: last, maxWorkers: 1, sequence: { groupOrder: 2 } } },
    ],
  },
})
