import { dirname, resolve } from 'node:path'
import { defineConfig } from 'vitest/config'
import { BaseSequencer, type TestSpecification } from 'vitest/node'
import { type AssetImport, assetImport, assetModule } from '../src/node/assets.ts'

const root = resolve(import.meta.dirname, '..')

/**
 * Suites with a browser, with workerd or with the whole service, that race, that wait for locks or kill services, that look at
 * very many cases, or that try a parser with millions of letters; and whatever else takes more than a second or two, so
 * that the light ones of a room are soon done: after the light ones.
 */
const long = [
  'test/**/*laws.test.ts',
  'test/authoring/{compile-memory,hostile,key-invariance,rule-pages,study-sheets,tasks/sheet}.test.ts',
  'test/authoring/formats/{any-input,csv,gift,headings,moodle,qti}.test.ts',
  'test/browser/*.test.{ts,tsx}',
  'test/cli/{backup,bank-commands,compiled-bundle,conformance/{conformance,planted-faults}}.test.ts',
  'test/contract/openapi-documents.test.ts',
  'test/credential/{attacks,badge-artwork,judges,lists,rotation-load,standard}.test.ts',
  'test/crash/**/*.test.ts',
  'test/desk/check.test.ts',
  'test/disasters/*.test.ts',
  'test/drivers/*.test.ts',
  'test/flows/{attempt-closing,attempt-saving,attempt-time,concerns,evidence,item-statistics,publishing}.test.ts',
  'test/flows/{cases,credential-life,erasure,kept-counts,long-outage,marketplace-delivery,no-content-in-logs,outage,parts}.test.ts',
  'test/flows/{permutation-law,process-data,public-bank,reconcile,resign,saw-keys,slow-destinations,trust,two-sides}.test.ts',
  'test/flows/{archive,archive-bucket,draft-beside-version,endorsement,recent-papers,restored,retake}.test.ts',
  'test/docs/{container-steps,quickstart,trust-examples,verify-examples,verify-package,marketplace-package,connect}.test.ts',
  'test/house/toys.test.ts',
  'test/item/{publishing/every-leaf,shipped}.test.{ts,tsx}',
  'test/load/**/*.test.ts',
  'test/node/{entry-text,handed-in,learner,past,refused-starts,remote-database,serving,tenants}.test.ts',
  'test/sandbox/{api/answers,commands/{detector,scam-year,simulate},flows/erasure,review/{hidden-answers,reviews}}.test.ts',
  'test/sandbox/detector/{gates/gates,learn/{evaluate,new-trick},read/fold-text}.test.ts',
  'test/sandbox/{pages/operators/{client-blocks,learning},search/{newcomers/{lot,row},worker-book}}.test.ts',
  'test/task/sheet/sheet.test.ts',
  'test/web/{api/openapi-answers,forms,public/{pages,verify-batch},staff/{desk,log,today}}.test.{ts,tsx}',
  'test/web/{api/own-tokens,app,body-limits,candidate/{questions,tasks},held-states,read-bundle,task-notes}.test.{ts,tsx}',
  'test/web/public/{images,privacy,public,read-batch,showing}.test.ts',
  'test/web/{api/{launch,sessions},brand,candidate/{practice,study},staff/{bank,credentials,desk-import},style-weight}.test.ts',
  'test/worker/**/*.test.ts',
  'test/world/earlier-release.test.ts',
]
/** What takes longest: begun first, so that no processor is idle at the end while one of them goes on alone. */
const longest = [
  'browser/tasks',
  'cli/conformance/conformance',
  'docs/quickstart',
  'cli/conformance/planted-faults',
  'browser/runner',
  'browser/pages-axe',
  'browser/desk',
  'crash/kill',
  'house/toys',
  'browser/newcomer-story',
  'disasters/disasters',
  'sandbox/commands/simulate',
  'browser/bank-axe',
  'browser/operators-axe',
  'crash/printed-output',
  'docs/connect',
  'node/past',
  'sandbox/detector/learn/new-trick',
  'drivers/workerd-hrana',
  'drivers/workerd-d1',
  'sandbox/detector/gates/gates',
]

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
          exclude: [...long, ...last],
          isolate: false,
          maxWorkers: 2,
          sequence: { groupOrder: 0 },
        },
      },
      // one more than there are processors: they wait for browsers, for services and for each other's replies as often as they work
      {
        extends: true,
        test: { ...shared, name: 'long', include: long, isolate: false, maxWorkers: 3, sequence: { groupOrder: 1 } },
      },
      { extends: true, test: { ...shared, name: 'last', include: last, maxWorkers: 1, sequence: { groupOrder: 2 } } },
    ],
  },
})
