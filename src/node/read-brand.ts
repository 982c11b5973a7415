import { readFile } from 'node:fs/promises'
import { dirname, extname, resolve } from 'node:path'
import { sampleWorks } from '../sandbox/own-brand.data.ts'
import type { Brand } from '../world/brand.ts'
import { readBrandSetting } from '../world/settings.ts'
import { inOneLine, StartError } from './run-until-stopped.ts'

const types: Readonly<Record<string, string>> = { '.svg': 'image/svg+xml', '.png': 'image/png' }

async function readFileOf(field: string, path: string): Promise<Buffer> {
  return readFile(path).catch((error: NodeJS.ErrnoException) => {
    throw new StartError(`${field}: ${path} cannot be read (${error.code ?? 'error'})`)
  })
}

/** A logo that is a file beside the setting's, as the address that stands for it in JSON. */
async function withLogo(setting: Readonly<Record<string, unknown>>, folder: string): Promise<object> {
  const { logo } = setting
  if (typeof logo !== 'string' || logo.startsWith('data:')) return setting
  const type = types[extname(logo).toLowerCase()]
  if (!type) throw new StartError('MARKETPLACE_BRAND.logo: name a file that ends with .svg or .png')
  const bytes = await readFileOf('MARKETPLACE_BRAND.logo', resolve(folder, logo))
  return { ...setting, logo: `data:${type};base64,${bytes.toString('base64')}` }
}

/** What stands in the variable, what stands in the file that it names, or the reference marketplace's own. */
async function settingOf(value: string | undefined, marketplaceOrigin: string): Promise<object> {
  if (value === undefined || value === '') return sampleWorks(marketplaceOrigin)
  const isFile = !value.trimStart().startsWith('{')
  const text = isFile ? (await readFileOf('MARKETPLACE_BRAND', resolve(value))).toString('utf8') : value
  return withLogo(JSON.parse(text), isFile ? dirname(resolve(value)) : '.')
}

/** `MARKETPLACE_BRAND` of this machine, as JSON and read. @throws a `StartError` that says which field is wrong. */
export async function readBrand(
  value: string | undefined,
  marketplaceOrigin: string,
): Promise<{ readonly json: string; readonly read: Brand }> {
  try {
    const json = JSON.stringify(await settingOf(value, marketplaceOrigin))
    return { json, read: readBrandSetting(json) }
  } catch (error) {
    if (error instanceof StartError) throw error
    throw new StartError(error instanceof SyntaxError ? `MARKETPLACE_BRAND: ${inOneLine(error)}` : inOneLine(error))
  }
}
