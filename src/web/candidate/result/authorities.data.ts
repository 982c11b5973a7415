/** Who says what the law is on an area, and where: official pages in Japanese. */
export const authorities: Readonly<Record<string, { readonly name: string; readonly url: string }>> = {
  'brief-contract': { name: '公正取引委員会「フリーランス法」', url: 'https://www.jftc.go.jp/freelancelaw_2024/' },
  'billing-records': {
    name: '国税庁「インボイス制度」',
    url: 'https://www.nta.go.jp/taxes/shiraberu/zeimokubetsu/shohi/keigenzeiritsu/invoice.htm',
  },
  'security-privacy': { name: '個人情報保護委員会', url: 'https://www.ppc.go.jp/' },
  rights: { name: '文化庁「著作権」', url: 'https://www.bunka.go.jp/seisaku/chosakuken/' },
  'ad-law': {
    name: '消費者庁「景品表示法」',
    url: 'https://www.caa.go.jp/policies/policy/representation/fair_labeling/',
  },
}
