import type { Hono } from 'hono'

/** Forms that no parser can read: what they are, their headers and bodies. */
export const brokenForms: readonly (readonly [name: string, headers: Record<string, string>, body: string])[] = [
  [
    'without a boundary',
    { 'content-type': 'multipart/form-data' },
    '--b\r\ncontent-disposition: form-data; name="token"\r\n\r\nx\r\n--b--\r\n',
  ],
  [
    'that ends early',
    { 'content-type': 'multipart/form-data; boundary=b' },
    '--b\r\ncontent-disposition: form-data; name="token"\r\n\r\nx',
  ],
  [
    'with another boundary',
    { 'content-type': 'multipart/form-data; boundary=c' },
    '--b\r\ncontent-disposition: form-data; name="token"\r\n\r\nx\r\n--b--\r\n',
  ],
  ['of something else', { 'content-type': 'multipart/form-data; boundary=b' }, 'token=x'],
  [
    'without a name',
    { 'content-type': 'multipart/form-data; boundary=b' },
    '--b\r\ncontent-disposition: form-data\r\n\r\nx\r\n--b--\r\n',
  ],
]

/** Every route of an app that takes a POST, with something in the place of its parameters. */
export const formRoutes = (app: Pick<Hono, 'routes'>): readonly string[] => [
  ...new Set(
    app.routes.flatMap(({ method, path }) =>
      method === 'POST' && !path.includes('*') ? [path.replaceAll(/:\w+(\{[^}]*\})?/g, 'x')] : [],
    ),
  ),
]
