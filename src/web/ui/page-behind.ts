/** Addresses that take forms and show no page, and the page that each of their forms stands on. */
const pages: readonly (readonly [form: RegExp, page: string])[] = [
  [/^\/staff\/attempts\/([^/]+)\/(?:extend|void)$/, '/staff/attempts?q=$1&open=$1'],
  [/^\/staff\/accommodation$/, '/staff/attempts'],
  [/^\/staff\/(deliveries|sessions)\/.+$/, '/staff/$1'],
  [/^\/staff\/credentials\/([^/]+)\/concerns\/[^/]+$/, '/staff/credentials/$1'],
  [/^\/staff\/credentials\/([^/]+)\/(?!revoke$|process$)[^/]+$/, '/staff/credentials/$1'],
  [/^\/staff\/exams\/([^/]+)\/items\/([^/]+)\/rest$/, '/staff/exams/$1/items/$2'],
  [/^\/staff\/exams\/([^/]+)\/roll-back$/, '/staff/exams/$1/versions'],
  [/^\/staff\/proposals\/([^/]+)\/[^/]+$/, '/staff/proposals/$1'],
  // which file a history is of stands in the form
  [/^\/staff\/desk\/([^/]+)\/(?:history|check)$/, '/staff/desk/$1'],
  [/^\/exams\/([^/]+)\/start$/, '/exams/$1'],
  [/^\/attempts\/([^/]+)\/(?:takeover|submit|withdraw)$/, '/attempts/$1'],
  [/^\/certificates\/(?:address|address\/forget|name\/show|name\/hide)$/, '/certificates'],
  [/^\/(?:launch\/confirm|sign-out)$/, '/'],
]

/** Where a link can lead from what answers a form: its own address, unless that shows no page to whoever follows a link. */
export function pageBehind(path: string): string {
  for (const [form, page] of pages) if (form.test(path)) return path.replace(form, page)
  return path
}
