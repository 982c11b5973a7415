/**
 * Suites with a browser, with workerd or with the whole service, that race, that wait for locks or kill services, that look at
 * very many cases, or that try a parser with millions of letters; and whatever else takes more than a second or two, so
 * that the light ones of a room are soon done: after the light ones.
 */
export const long = [
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
/**
 * What kills services, starts the service in a Worker for every race, trains a model, lives through simulated years or copies
 * the whole code: a sixth of all the time, for what a change seldom breaks. It is no part of `npm test` but a command of its own, `npm run endurance`.
 */
export const endurance = [
  'test/crash/{kill,printed-output}.test.ts',
  'test/disasters/disasters.test.ts',
  'test/drivers/workerd-{d1,hrana}.test.ts',
  'test/house/toys.test.ts',
  'test/item/publishing/every-leaf.test.tsx',
  'test/sandbox/commands/{detector,scam-year,simulate}.test.ts',
  'test/sandbox/detector/{gates/gates,learn/new-trick}.test.ts',
]

/** What takes longest: begun first, so that no processor is idle at the end while one of them goes on alone. */
export const longest = [
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
