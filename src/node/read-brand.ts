import { sampleWorks } from '../sandbox/own-brand.data.ts'
import type { Brand } from '../world/brand.ts'
import { brandJson } from '../world/brand-file.ts'
import { readBrandSetting } from '../world/settings.ts'
import { inOneLine, StartError } from './run-until-stopped.ts'

/** `MARKETPLACE_BRAND` of this machine as JSON and read, or the reference marketplace's own. @throws a `StartError` that says which field is wrong. */
export async function readBrand(
  value: string | undefined,
  marketplaceOrigin: string,
): Promise<{ readonly json: string; readonly read: Brand }> {
  try {
    const json = (await brandJson(value)) ?? JSON.stringify(sampleWorks(marketplaceOrigin))
    return { json, read: readBrandSetting(json) }
  } catch (error) {
    throw new StartError(inOneLine(error))
  }
}
