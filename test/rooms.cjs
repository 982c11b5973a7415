// The table of rooms, as in docs: who may import whom. Rooms are stages, doors are visitors; imports run downwards only.
// Parsed with swc: TypeScript 7 has no API that dependency-cruiser could use.

/** What a room may import, besides itself. */
const rooms = {
  kernel: [],
  world: ['kernel'],
  platform: ['kernel', 'world'],
  item: ['kernel'],
  task: ['kernel', 'item'],
  form: ['kernel', 'item', 'task'],
  authoring: ['kernel', 'item', 'task', 'form'],
  // what an author's browser runs: editor, check and the candidate's view
  desk: ['kernel', 'platform', 'item', 'task', 'form', 'authoring'],
  attempt: ['kernel', 'item', 'task', 'form'],
  scoring: ['kernel', 'item', 'task', 'form'],
  measurement: ['kernel', 'item', 'task', 'form'],
  integrity: ['kernel', 'item', 'form', 'measurement'],
  // sentences in JSON, read through the catalogue
  texts: [],
  // what is told of the product in Markdown, how it becomes pages, and the programs that it shows
  docs: ['item'],
  verify: [],
  credential: ['kernel', 'platform', 'scoring', 'verify'],
  ranking: ['kernel', 'platform', 'credential'],
  // what an item or a task looks like on the wire is its type's to say, and which acts there are the log's
  contract: ['kernel', 'platform', 'item', 'task', 'audit'],
  marketplace: ['kernel', 'platform', 'contract'],
  // what others connect with is laid out as a package, with what it takes from these rooms inside
  kit: ['kernel', 'platform', 'contract', 'verify'],
  audit: ['kernel'],
  flows: [
    'kernel',
    'world',
    'platform',
    'item',
    'task',
    'form',
    'attempt',
    'scoring',
    'measurement',
    'integrity',
    'credential',
    'ranking',
    'marketplace',
    'audit',
    'contract',
    'verify',
  ],
  web: [
    'kernel',
    'world',
    'platform',
    'item',
    'task',
    'form',
    'attempt',
    'scoring',
    'measurement',
    'integrity',
    'credential',
    'ranking',
    'marketplace',
    'audit',
    'contract',
    'flows',
    'verify',
    'docs',
  ],
  sandbox: ['kernel', 'platform', 'contract', 'verify', 'kit'],
  cli: [
    'kernel',
    'world',
    'platform',
    'item',
    'task',
    'form',
    'measurement',
    'credential',
    'marketplace',
    'audit',
    'contract',
    'authoring',
    'desk',
    'flows',
    'verify',
  ],
  node: ['kernel', 'world', 'platform', 'item', 'credential', 'docs', 'authoring', 'desk', 'sandbox', 'cli'],
}

/** What a room may name without running any of it (`import type`). */
const types = {
  // an attempt's row carries the report of its grade, which the attempt itself never reads
  attempt: ['scoring'],
  // an achievement describes an exam: its definition is the bank's
  credential: ['item'],
}

// A store takes the database handle as an argument and a few acts take the whole world: the type, never a way to open one.
const takeTheWorld = [
  'item',
  'task',
  'attempt',
  'measurement',
  'integrity',
  'credential',
  'ranking',
  'marketplace',
  'audit',
  'web',
  'sandbox',
]

const pure = [
  'item',
  'task',
  'form',
  'attempt',
  'scoring',
  'measurement',
  'integrity',
  'credential',
  'ranking',
  'marketplace',
  'audit',
]
const oneOf = (names) => `^src/(${names.join('|')})/`

/** One rule for what a room runs, and one for what it names. */
const table = Object.entries(rooms).flatMap(([room, allowed]) => {
  const runs = [room, ...allowed].filter((name) => !(name === 'world' && room === 'web'))
  const names = [...runs, ...(types[room] ?? []), ...(takeTheWorld.includes(room) ? ['world'] : [])]
  const from = { path: `^src/${room}/` }
  // the desk and the preview show a question with the component and the sheet of the exam itself, so that the two cannot drift apart;
  // the sandbox talks HTTP with the plugin: of its code it knows how a file database is opened, what its errors mean, and how a
  // marketplace shows itself
  const open =
    {
      // findings carry their sentences by key
      authoring: ['^src/platform/words/'],
      cli: [
        '^src/web/candidate/runner/question-[a-z]+[.]css$',
        '^src/web/candidate/runner/candidate-view[.]tsx$',
        '^src/web/ui/stem-narrow[.]css$',
        '^src/web/ui/message[.]ts$',
        '^src/web/ui/compiled[.]tsx$',
      ],
      desk: [
        '^src/web/candidate/runner/candidate-view[.]tsx$',
        '^src/web/ui/message[.]ts$',
        '^src/web/ui/compiled[.]tsx$',
        '^src/web/ui/material[.]tsx$',
        '^src/web/candidate/study/study-article[.]tsx$',
      ],
      sandbox: ['^src/world/(open-node|database|busy-reason|brand|brand-setting)[.]ts$'],
    }[room] ?? []
  return [
    {
      name: `${room}-runs`,
      comment: `${room} may import ${allowed.join(', ') || 'nothing'}`,
      severity: 'error',
      from,
      to: { path: '^src/', pathNot: [oneOf(runs), ...open], dependencyTypesNot: ['type-only'] },
    },
    {
      name: `${room}-names`,
      comment: `${room} may import types of ${names.join(', ')}`,
      severity: 'error',
      from,
      to: { path: '^src/', pathNot: [oneOf(names), ...open], dependencyTypes: ['type-only'] },
    },
  ]
})

/** The rooms of the reference marketplace, likewise; each may know its refusals (`problem.ts`) and what lies under both services. */
const sandboxRooms = {
  // what a demonstration sets: how far its clock is ahead, and which calls fail
  demo: [],
  // a post's text to features; a model's verdict on them; how a model comes to be, which serving never loads
  'detector/read': [],
  'detector/judge': ['detector/read'],
  // models that were trained here: what they say beside the one that decides, and which of them decides
  'detector/candidate': ['detector/read', 'detector/judge'],
  'detector/learn': ['detector/read', 'detector/judge', 'detector/candidate'],
  outbox: [],
  // a pass that the demonstration plays for those who watch
  play: [],
  people: ['outbox'],
  evidence: ['people'],
  job: ['people', 'detector/judge'],
  escrow: ['people', 'evidence'],
  review: ['people', 'evidence', 'escrow', 'outbox'],
  search: ['people', 'evidence', 'job', 'escrow', 'review'],
  // what is remembered of a decided text is read as the detector reads it
  moderation: ['detector/judge', 'detector/read'],
  // one list of whatever somebody is told, whichever room it comes from
  notification: ['moderation'],
  seed: ['people', 'job', 'review', 'search'],
  simulation: ['people', 'evidence', 'review', 'search', 'detector/judge', 'detector/read', 'moderation', 'seed'],
  trust: [],
}
const all = Object.keys(sandboxRooms).filter((room) => !['detector/read', 'detector/learn'].includes(room))
const doorsOfSandbox = {
  flows: all,
  api: [...all, 'flows'],
  pages: [...all, 'flows', 'api'],
  // what the market has lived through before a demonstration begins: people act in it, as they do behind a command
  past: [...all, 'flows', 'api'],
  commands: [...all, 'detector/learn', 'flows', 'api'],
}

const sandboxTable = Object.entries({ ...sandboxRooms, ...doorsOfSandbox }).map(([room, allowed]) => ({
  name: `sandbox-${room}`,
  comment: `sandbox/${room} may import ${allowed.join(', ') || 'no other room'}`,
  severity: 'error',
  from: { path: `^src/sandbox/${room}/` },
  to: {
    path: '^src/sandbox/',
    pathNot: [
      `^src/sandbox/(${[room, ...allowed].join('|')})/`,
      '^src/sandbox/problem[.]ts$',
      // an act takes the whole world, and so does who lets callers in
      ...(room === 'trust' || room in doorsOfSandbox ? ['^src/sandbox/sandbox-world[.]ts$'] : []),
      // the detector is tried without the service
      ...(room === 'commands' ? ['^src/sandbox/open-detector[.]ts$'] : []),
      // both services in one process, as whoever plays people has them
      ...(['commands', 'past'].includes(room) ? ['^src/sandbox/pair[.]ts$'] : []),
      ...(['api', 'pages', 'trust'].includes(room) ? ['^src/sandbox/problem-response[.]ts$'] : []),
    ],
  },
}))

module.exports = {
  forbidden: [
    ...table,
    ...sandboxTable,
    {
      name: 'kernel-is-closed',
      comment: 'the kernel is five files; a sixth belongs into a room',
      severity: 'error',
      from: {},
      to: { path: '^src/kernel/', pathNot: '^src/kernel/(id|instant|problem|random|result)[.]ts$' },
    },
    {
      name: 'no-key-in-pages',
      comment: 'a page or a candidate payload must not reach the key of an item: pages know the form, not the item',
      severity: 'error',
      from: { path: '^src/web/(candidate|ui)/' },
      // what compiled HTML is may be known: there is no key in it
      to: { path: '^src/item/', pathNot: '^src/item/markup/' },
    },
    {
      name: 'no-task-key-in-pages',
      comment: 'of a practical task pages know what is presented, and the formula evaluator: never what is right in it',
      severity: 'error',
      from: { path: '^src/web/(candidate|public|ui)/' },
      to: { path: '^src/task/', pathNot: '^src/task/(present[.]ts|[a-z]+/present[.]ts|formula/)' },
    },
    {
      name: 'no-key-in-the-browser',
      comment: 'what is sent to a browser stands on pages and nothing else',
      severity: 'error',
      from: {
        path: '^src/web/candidate/(island/|tasks/[a-z]+/[a-z]+-(island|texts)[.]ts$|(island-types|types/[a-z-]*island(-type)?)[.]ts$)',
      },
      // the exam's island and those of the types, which know a question by its controls alone; manuscripts are compared there too
      to: {
        path: '^(src/(?!task/draft/(present|compare|text[.]data)[.]ts$|web/candidate/(island/|tasks/[a-z]+/[a-z]+-(island|texts)[.]ts$|(island-types|types/[a-z-]*island(-type)?)[.]ts$))|node_modules/(?!diff/))',
        reachable: true,
      },
    },
    {
      name: 'no-compiler-in-the-worker',
      comment: 'banks are compiled and published, documents compiled by the build: nothing is parsed per request',
      severity: 'error',
      from: { path: '^src/worker[.]ts$' },
      to: { path: '^src/((authoring|cli|sandbox|node)/|docs/compile-)', reachable: true },
    },
    {
      name: 'no-trainer-in-the-service',
      comment: 'a sandbox that serves reads its model; a command trains it',
      severity: 'error',
      from: { path: '^src/(node|sandbox/(app|open-detector|open-sandbox))[.]tsx?$' },
      to: { path: '^src/sandbox/detector/learn/', reachable: true },
    },
    {
      name: 'plays-in-the-pair-alone',
      comment: 'a pass is played where a demonstration runs both services in one process, and nowhere else',
      severity: 'error',
      from: { path: '^src/', pathNot: '^src/node[.]ts$' },
      to: { path: '^src/node/open-plays[.]ts$' },
    },
    {
      name: 'no-past-in-the-service',
      comment: 'what is invented for a demonstration is made by a program of its own: what serves has nothing of it',
      severity: 'error',
      from: { path: '^src/(node|worker|dev-worker|app|open-doors)[.]ts$' },
      to: { path: '^src/(make-past[.]ts|sandbox/past/)', reachable: true },
    },
    {
      name: 'simulation-in-memory',
      comment: 'a simulated market lives in memory: it takes what the marketplace decides by, and no database',
      severity: 'error',
      from: { path: '^src/sandbox/simulation/' },
      to: { path: '^src/.*(store|tables)[.]ts$' },
    },
    {
      name: 'edge-safe',
      comment: 'everything the Worker carries runs without Node; it carries no command line',
      severity: 'error',
      from: {
        path: ['^src/(kernel|platform|contract|kit|flows|web)/', oneOf(pure), '^src/(worker|app|open-doors)[.]ts$'],
        pathNot: '^src/platform/words/command-line[.]ts$',
      },
      to: { dependencyTypes: ['core'] },
    },
    {
      name: 'sql-in-stores',
      comment:
        'SQL lives with the people who know what a row means: store.ts and tables.ts; handles are opened in world',
      severity: 'error',
      from: { path: '^src/', pathNot: ['/(store|tables)[.]ts$', '^src/world/'] },
      to: { path: '(^|node_modules/)(drizzle-orm|@libsql|libsql|better-sqlite3)(/|$)|^(node:)?sqlite$' },
    },
    {
      name: 'verifier-stands-alone',
      comment:
        'what a marketplace verifies with is a package: jose and plain values, no database, no server, no secrets',
      severity: 'error',
      from: { path: '^src/verify/' },
      to: { path: '.', pathNot: '^(src/verify/|node_modules/jose/)' },
    },
    {
      name: 'verifier-by-its-name',
      comment: 'the package is used as everybody else uses it: @kentei/verify or @kentei/verify/parts',
      severity: 'error',
      from: { path: '^src/', pathNot: '^src/verify/' },
      to: { path: '^src/verify/', pathNot: '^src/verify/(index|parts)[.]ts$' },
    },
    {
      name: 'kit-by-its-name',
      comment: 'the package is used as everybody else uses it: by its name and what it exports',
      severity: 'error',
      from: { path: '^src/', pathNot: '^src/kit/' },
      to: { path: '^src/kit/', pathNot: '^src/kit/(index|keys|memory|estimator|noticed)[.]ts$' },
    },
    {
      name: 'kit-brings-little',
      comment: 'whoever connects a marketplace installs jose, zod and @kentei/verify with the kit, and nothing else',
      severity: 'error',
      from: { path: '^src/kit/' },
      to: { path: 'node_modules/', pathNot: 'node_modules/(jose|zod)/', dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'tables-of-a-room',
      comment:
        'the tables of a room belong to its store; other rooms ask the store, or take the type of a row. Tables may refer to tables',
      severity: 'error',
      from: { path: '^src/((?:sandbox/)?[^/]+)/', pathNot: '/tables[.]ts$' },
      to: { path: '/tables[.]ts$', pathNot: '^src/$1/', dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'hono-at-the-doors',
      comment: 'HTTP is for platform, web, the doors of the sandbox and the entry files',
      severity: 'error',
      from: {
        path: '^src/',
        pathNot: [
          '^src/(platform|web|node)/',
          '^src/contract/serve-call[.]ts$',
          '^src/sandbox/(api|pages|trust)/',
          '^src/sandbox/[^/]+[.]tsx?$',
          '^src/[^/]+[.]ts$',
        ],
      },
      to: { path: '(^|node_modules/)(hono|@hono)(/|$)' },
    },
    {
      name: 'raw-markup',
      comment:
        'who writes markup as it stands: compiled HTML, our own drawings, and the line before a document. All else goes through JSX, which escapes it',
      severity: 'error',
      from: { path: '^src/', pathNot: '^src/(platform/page/document|web/ui/(compiled|drawing))[.]tsx$' },
      to: {
        path: 'hono/html|hono/utils/html|hono/dist/types/helper/html|hono/dist/types/utils/html|hono/dist/helper/html|hono/dist/utils/html',
      },
    },
    {
      name: 'compiled-html-is-shown-by',
      comment: 'the pages that show what the Markdown compiler wrote',
      severity: 'error',
      from: {
        path: '^src/',
        pathNot:
          '^src/(web/api/docs-routes|web/candidate/(exam/exam-page|front/front-page|practice/question-page|runner/question|study/study-(article|page)|tasks/(brief|claims/claims-work|inbox/inbox-work|sheet/sheet-work)|types/(choice|cloze|match|order))|web/staff/(bank/wording-card|attempts/tasks-page|desk/framed-view)|web/ui/material|cli/preview/(preview-page|sheets-page)|desk/drawn-task)[.]tsx$',
      },
      to: { path: '^src/web/ui/(compiled|material)[.]tsx$' },
    },
    {
      name: 'entries-are-the-top',
      comment: 'nobody imports an entry file, but an entry file createApp',
      severity: 'error',
      from: { path: '^src/.+/' },
      to: { path: '^src/[^/]+[.]ts$' },
    },
    {
      name: 'doors-apart',
      comment: 'visitors do not share a door: what two need stands in web/ or web/ui',
      severity: 'error',
      from: {
        path: '^src/web/(api|candidate|staff|public|ui)/',
        pathNot: '^src/web/staff/desk/desk-page[.]tsx$',
      },
      to: { path: '^src/web/(api|candidate|staff|public)/', pathNot: '^src/web/$1/' },
    },
    {
      name: 'desk-shows-the-question',
      comment:
        'authors see a question with the component of the exam itself, so that the two cannot drift apart; nothing else of it',
      severity: 'error',
      from: { path: '^src/web/staff/desk/desk-page[.]tsx$' },
      to: {
        path: '^src/web/(api|candidate|public)/',
        pathNot: '^src/web/candidate/runner/candidate-view[.]tsx$',
      },
    },
    {
      name: 'no-circle',
      comment:
        'what two need of each other stands below both, types too; but a form of answers is any of those that the item types have',
      severity: 'error',
      from: {},
      to: { circular: true, viaOnly: { pathNot: '^src/authoring/written-types[.]ts$' } },
    },
    {
      name: 'no-dev-dependency',
      comment: 'the service runs on dependencies; types may come from anywhere',
      severity: 'error',
      from: { path: '^src/', pathNot: '^src/build[.]ts$' },
      to: { dependencyTypes: ['npm-dev', 'npm-no-pkg', 'npm-unknown'], dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'no-dev-dependency-of-the-build',
      comment: 'but what makes a Worker smaller: whoever uploads one has the tools of development, which do it',
      severity: 'error',
      from: { path: '^src/build[.]ts$' },
      to: {
        dependencyTypes: ['npm-dev', 'npm-no-pkg', 'npm-unknown'],
        dependencyTypesNot: ['type-only'],
        pathNot: '^node_modules/@swc/core/',
      },
    },
    { name: 'not-to-tests', severity: 'error', from: { path: '^src/' }, to: { path: '^test/' } },
    {
      name: 'resolvable',
      comment: 'but what the build lays beside the Worker, and sentences, documents and programs, which are folders',
      severity: 'error',
      from: {},
      to: {
        couldNotResolve: true,
        pathNot: '^[.]/(glyphs[.]gz|resvg[.]wasm|strings[.]data)$|[?](texts|docs|programs)$',
      },
    },
  ],
  options: {
    parser: 'swc',
    doNotFollow: { path: 'node_modules' },
    // programs that the guide shows: text here, which runs elsewhere
    exclude: { path: '^src/(docs|kit|verify)/examples/' },
    enhancedResolveOptions: {
      extensions: ['.ts', '.tsx', '.mjs', '.js', '.json'],
      exportsFields: ['exports'],
      conditionNames: ['import', 'require', 'node', 'default', 'types'],
    },
    reporterOptions: { text: { highlightFocused: true } },
  },
}
