import type { Door } from '../web-env.ts'

/** A door and the addresses at which it answers. */
interface Addressed {
  readonly at: RegExp
  readonly open: () => Promise<Door>
}

/** Each is a file of its own in the Worker: an isolate reads those that somebody knocks at. */
const doors: readonly Addressed[] = [
  {
    at: /^\/(\.well-known|keys|status)(\/|$)/,
    open: async () => (await import('./verifiers.ts')).verifiersDoor,
  },
  // the evidence about an exam is for anybody, the exam itself for candidates
  {
    at: /^\/(achievements|check|credentials|embed|oembed|api\/credentials|exams\/[^/]+\/evidence(\.json)?)(\/|$)/,
    open: async () => (await import('./public.ts')).publicDoor,
  },
  {
    at: /^\/($|(about|attempts|certificates|exams|launch|records|sign-out|signed-out)(\/|$)|api\/(attempts|exams|identity|me|name|session)(\/|$))/,
    open: async () => (await import('./candidate.ts')).candidateDoor,
  },
  {
    at: /^\/(ims|webhooks|api\/(achievements|events|workers))(\/|$)/,
    open: async () => (await import('./marketplace.ts')).marketplaceDoor,
  },
  { at: /^\/(admin|staff|api\/staff)(\/|$)/, open: async () => (await import('./staff.ts')).staffDoor },
  { at: /^\/(docs|openapi\.json)(\/|$)/, open: async () => (await import('./documents.ts')).documentsDoor },
]

/** The door at an address; undefined where there is none. */
export const doorAt = (path: string): Addressed | undefined => doors.find(({ at }) => at.test(path))
