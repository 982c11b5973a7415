import { readFile } from 'node:fs/promises'
import { dirname, extname, resolve } from 'node:path'

const types: Readonly<Record<string, string>> = { '.svg': 'image/svg+xml', '.png': 'image/png' }

async function readFileOf(field: string, path: string): Promise<Buffer> {
  return readFile(path).catch((error: NodeJS.ErrnoException) => {
    throw new Error(`${field}: ${path} cannot be read (${error.code ?? 'error'})`)
  })
}

/** A logo that is a file beside the setting's, as the address that stands for it in JSON. */
async function withLogo(setting: Readonly<Record<string, unknown>>, folder: string): Promise<object> {
  const { logo } = setting
  if (typeof logo !== 'string' || logo.startsWith('data:')) return setting
  const type = types[extname(logo).toLowerCase()]
  if (!type) throw new Error('MARKETPLACE_BRAND.logo: name a file that ends with .svg or .png')
  const bytes = await readFileOf('MARKETPLACE_BRAND.logo', resolve(folder, logo))
  return { ...setting, logo: `data:${type};base64,${bytes.toString('base64')}` }
}

function parse(text: string): Readonly<Record<string, unknown>> {
  try {
    return JSON.parse(text)
  } catch {
    throw new Error('MARKETPLACE_BRAND: it is not JSON')
  }
}

/**
 * `MARKETPLACE_BRAND` of this machine as JSON: what stands in the variable, or in the file that it names, with the logo inside;
 * undefined where there is none. Files are looked for from `cwd`. @throws an error of one line that says what cannot be read.
 */
export async function brandJson(value: string | undefined, cwd = '.'): Promise<string | undefined> {
  if (value === undefined || value === '') return undefined
  const isFile = !value.trimStart().startsWith('{')
  const text = isFile ? (await readFileOf('MARKETPLACE_BRAND', resolve(cwd, value))).toString('utf8') : value
  return JSON.stringify(await withLogo(parse(text), isFile ? dirname(resolve(cwd, value)) : cwd))
}
