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

/** What stands in the variable, or what stands in the file that it names. */
async function settingOf(value: string): Promise<object> {
  const isFile = !value.trimStart().startsWith('{')
  const text = isFile ? (await readFileOf('MARKETPLACE_BRAND', resolve(value))).toString('utf8') : value
  return withLogo(JSON.parse(text), isFile ? dirname(resolve(value)) : '.')
}

/** `MARKETPLACE_BRAND` of this machine, as JSON; undefined where there is none. @throws a `StartError` that says which field is wrong. */
export async function brandJson(value: string | undefined): Promise<string | undefined> {
  if (value === undefined || value === '') return undefined
  try {
    return JSON.stringify(await settingOf(value))
  } catch (error) {
    if (error instanceof StartError) throw error
    throw new StartError(`MARKETPLACE_BRAND: ${inOneLine(error)}`)
  }
}

/** The same as JSON and read, or the reference marketplace's own. @throws likewise. */
export async function readBrand(
  value: string | undefined,
  marketplaceOrigin: string,
): Promise<{ readonly json: string; readonly read: Brand }> {
  const json = (await brandJson(value)) ?? JSON.stringify(sampleWorks(marketplaceOrigin))
  try {
    return { json, read: readBrandSetting(json) }
  } catch (error) {
    throw new StartError(inOneLine(error))
  }
}
