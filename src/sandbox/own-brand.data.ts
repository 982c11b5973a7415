import type { BrandSetting } from '../world/brand-setting.ts'

/** How the reference marketplace shows itself, here and on the plugin's pages: everything about it is an example. */
export const sampleWorks = (origin: string): BrandSetting => ({
  name: { ja: 'サンプルワークス', en: 'Sample Works' },
  links: {
    profile: `${origin}/workers/{worker}?lang={language}`,
    jobs: `${origin}/jobs?category={exam}&lang={language}`,
    hiring: `${origin}/contracts/new?worker={worker}&lang={language}`,
  },
})
