/** The ways in which a job post breaks the marketplace's rules. The order is that of the model's weights: append only. */
export const kinds = [
  'off-platform-contact',
  'upfront-fee',
  'account-trade',
  'identity-lending',
  'multi-level-marketing',
  'disguised-survey',
  'work-before-escrow',
  'proxy-purchase',
  'paid-reviews',
  'info-product',
] as const
export type Kind = (typeof kinds)[number]

export const isKind = (text: string): text is Kind => (kinds as readonly string[]).includes(text)

interface InTwoLanguages {
  readonly ja: string
  readonly en: string
}

/** What a page says of a kind: its name, and the rule that it breaks. */
export interface KindTexts {
  readonly title: InTwoLanguages
  readonly rule: InTwoLanguages
}

const texts = (title: InTwoLanguages, rule: InTwoLanguages): KindTexts => ({ title, rule })

export const kindTexts: Readonly<Record<Kind, KindTexts>> = {
  'off-platform-contact': texts(
    { ja: '外部での連絡・直接取引', en: 'Contact outside the marketplace' },
    {
      ja: '契約の前に、LINEやTelegram、メール、電話など外の連絡先へ誘ったり、手数料を避けて外で支払ったりすることはできません。',
      en: 'A post may not move people to LINE, Telegram, mail or phone before a contract, nor pay outside the marketplace to avoid its fee.',
    },
  ),
  'upfront-fee': texts(
    { ja: '働く人への先払いの請求', en: 'Fee before work' },
    { ja: '登録料、保証金、教材費など、働く人に先にお金を払わせることはできません。', en: 'A post may not ask workers to pay first: no registration fee, deposit, training or material cost.' },
  ),
  'account-trade': texts(
    { ja: 'アカウントの売買・貸し借り', en: 'Trade in accounts' },
    {
      ja: 'アカウントや電話番号（SIM）を、売り買いしたり、貸し借りしたり、他人のために登録したりする依頼はできません。',
      en: 'Accounts and phone numbers may not be bought, sold, rented or registered for others.',
    },
  ),
  'identity-lending': texts(
    { ja: '名義・口座・本人確認書類の貸し出し', en: 'Lending of identity' },
    {
      ja: '銀行口座や名義、身分証の写真を他人に使わせたり、お金や荷物を受け取って転送したりする依頼はできません。',
      en: 'A post may not ask for bank accounts, names or identity documents for the use of others, nor to receive and forward money or parcels.',
    },
  ),
  'multi-level-marketing': texts(
    { ja: 'ネットワークビジネスへの勧誘', en: 'Recruiting for network marketing' },
    { ja: '友人の紹介で報酬が増える仕組みやセミナーへの勧誘はできません。', en: 'A post may not recruit for a network in which people earn by bringing in others.' },
  ),
  'disguised-survey': texts(
    { ja: '目的を隠した調査・モニター', en: 'Survey under a pretext' },
    {
      ja: 'アンケートやモニターの形で、個人情報、カードや口座の情報、営業先の名簿を集めることはできません。',
      en: 'A survey, trial or interview may not be a pretext to collect personal, card or bank details, or leads for sales.',
    },
  ),
  'work-before-escrow': texts(
    { ja: '契約・仮払い前の作業', en: 'Work before escrow' },
    { ja: '契約と仮払いの前に、作業や納品、無償の長いテストを求めることはできません。', en: 'A post may not ask for work, delivery or long unpaid tests before the contract is funded in escrow.' },
  ),
  'proxy-purchase': texts(
    { ja: '立て替え購入・買い付けの代行', en: 'Purchase on behalf of others' },
    {
      ja: '働く人のお金や名義で、商品、ギフトカード、チケット、携帯電話などを買わせることはできません。',
      en: 'A post may not ask workers to buy goods, gift cards, tickets or phones with their own money or in their own name.',
    },
  ),
  'paid-reviews': texts(
    { ja: 'やらせの口コミ・評価', en: 'Reviews for pay' },
    {
      ja: '口コミ、星、フォロー、いいねをお金で集めたり、広告であることを隠して投稿させたりすることはできません。',
      en: 'Reviews, stars, follows and likes may not be bought, and advertising may not be hidden.',
    },
  ),
  'info-product': texts(
    { ja: '仕事を装った商材・講座の販売', en: 'Sale of courses in the guise of a job' },
    {
      ja: '仕事の募集の形で、情報商材、講座、スクール、コンサルティングを売ることはできません。',
      en: 'A post may not sell courses, schools, consulting or side-job know-how in the guise of a job.',
    },
  ),
}
