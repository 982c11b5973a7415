import { days, type Instant, minus, parseRfc3339 } from '../../kernel/instant.ts'
import type { Client } from '../people/person.ts'
import type { Worker } from '../people/worker.ts'

const JOINED_BEFORE = parseRfc3339('2026-11-01T00:00:00Z') as Instant

const told: readonly (readonly [id: string, name: string, reading: string, ja: string, en: string])[] = [
  [
    'cli_01',
    'つばめ製本',
    'Tsubame Seihon',
    '冊子と社史をつくる製本所です。校正と名簿の整理をお願いしています。',
    'A bindery for booklets and company histories; looks for proofreading and list keeping.',
  ],
  [
    'cli_02',
    'みなも旅館',
    'Minamo Ryokan',
    '山あいの小さな旅館です。予約表と口コミ返信の下書きを頼んでいます。',
    'A small mountain inn; asks for booking tables and drafts of replies.',
  ],
  [
    'cli_03',
    'ことり学習室',
    'Kotori Gakushushitsu',
    '小学生の学習室です。お便りと教材の清書を外にお願いしています。',
    'A study room for children; newsletters and clean copies of worksheets.',
  ],
  [
    'cli_04',
    '杉浦農園',
    'Sugiura Noen',
    'りんごと桃の農園です。直売の注文整理と商品紹介文を募集します。',
    'An apple and peach farm; order lists and product texts.',
  ],
  [
    'cli_05',
    'ゆずりは会計',
    'Yuzuriha Kaikei',
    '個人事業の方の帳簿を手伝う事務所です。',
    'An office that keeps books for sole traders.',
  ],
  [
    'cli_06',
    '白波デザイン',
    'Shiranami Design',
    '店舗のサイトをつくる制作会社です。原稿を書ける方を探しています。',
    'Makes web sites for shops; looks for writers.',
  ],
  [
    'cli_07',
    'まち歩き編集室',
    'Machiaruki Henshushitsu',
    '街歩きの記事を出す編集室です。',
    'Publishes articles on walks through towns.',
  ],
  [
    'cli_08',
    'ひだまり介護',
    'Hidamari Kaigo',
    '訪問介護の事業所です。シフト表と報告書の整理をお願いします。',
    'A home-care provider; rosters and reports.',
  ],
  [
    'cli_09',
    '北斗ソフト',
    'Hokuto Soft',
    '予約システムの開発会社です。ヘルプ文書を書く方を募集します。',
    'Develops booking software; needs help texts.',
  ],
  ['cli_10', 'さざんか法務', 'Sazanka Homu', '書類の様式を整える事務所です。', 'An office for forms and documents.'],
  [
    'cli_11',
    'はなれ古書店',
    'Hanare Koshoten',
    '古書の通販です。書誌の入力と紹介文を頼んでいます。',
    'Second-hand books by mail; catalogue entries and blurbs.',
  ],
  [
    'cli_12',
    '青葉研究会',
    'Aoba Kenkyukai',
    'アンケート調査を行う研究会です。集計の手伝いを募集します。',
    'A research circle that runs surveys; needs tabulation.',
  ],
  [
    'cli_13',
    'こもれび建築',
    'Komorebi Kenchiku',
    '住まいの設計事務所です。施工事例の原稿を書いてくださる方へ。',
    'Architects of houses; case-study texts.',
  ],
  [
    'cli_14',
    '月夜パン工房',
    'Tsukiyo Pan Kobo',
    'パンの工房です。通販の問い合わせ返信を手伝ってください。',
    'A bakery; replies to mail-order questions.',
  ],
  [
    'cli_15',
    'しおさい観光',
    'Shiosai Kanko',
    '海辺の観光協会です。行事案内の文章を募集します。',
    'A seaside tourist association; event notices.',
  ],
  [
    'cli_16',
    'かえで人事',
    'Kaede Jinji',
    '採用事務を請け負っています。応募者一覧の整理が中心です。',
    'Recruiting paperwork, mostly applicant lists.',
  ],
  [
    'cli_17',
    'ほしぞら教材',
    'Hoshizora Kyozai',
    '理科の教材をつくっています。解説文の校正をお願いします。',
    'Science teaching material; proofreading.',
  ],
  [
    'cli_18',
    '風見運送',
    'Kazami Unso',
    '地域の運送会社です。伝票の入力を募集します。',
    'A local haulier; entry of delivery notes.',
  ],
  ['cli_19', 'なぎさ出版', 'Nagisa Shuppan', '暮らしの本を出す出版社です。', 'Publishes books on daily life.'],
  [
    'cli_20',
    'やまびこ電工',
    'Yamabiko Denko',
    '電気工事の会社です。見積書と議事録をお願いしています。',
    'Electricians; estimates and minutes.',
  ],
  [
    'cli_21',
    'こはる手芸',
    'Koharu Shugei',
    '手芸材料の店です。作り方の記事を書ける方を探しています。',
    'A craft supplies shop; how-to articles.',
  ],
  [
    'cli_22',
    'さくら動物病院',
    'Sakura Dobutsu Byoin',
    '動物病院です。飼い主さま向けのお知らせ文をお願いします。',
    'A veterinary clinic; notices for pet owners.',
  ],
  [
    'cli_23',
    'いぶき環境',
    'Ibuki Kankyo',
    '環境調査の会社です。測定値の転記と報告書の体裁を頼みます。',
    'Environmental surveys; data entry and report layout.',
  ],
  [
    'cli_24',
    'らんぷ舎',
    'Lampsha',
    '小さな広告の会社です。取材記事の文字起こしを募集します。',
    'A small agency; transcripts of interviews.',
  ],
]

/** The invented clients of the sandbox, in order of their time on the marketplace. */
export const inventedClients: readonly Client[] = told.map(([id, name, reading, aboutJa, aboutEn], nth) => ({
  id,
  name,
  reading,
  aboutJa,
  aboutEn,
  joinedAt: minus(JOINED_BEFORE, days(900 - 36 * nth)),
  standing: 'good',
  standingVersion: 1,
}))

const special = (id: string, name: string, reading: string, standing: Worker['standing']): Worker => ({
  id,
  name,
  reading,
  // found by no search: they are there for integrators only
  categories: [],
  skillsJa: '',
  skillsEn: '',
  hourlyRate: 1_200,
  joinedAt: JOINED_BEFORE,
  lastSeenAt: JOINED_BEFORE,
  standing,
  standingVersion: 1,
  erasedAt: null,
})

/** Workers with whom integrators try the unhappy paths. */
export const specialWorkers: readonly Worker[] = [
  special('wrk_suspended', '停止の見本', 'Suspended', 'suspended'),
  special('wrk_flaky', '不安定の見本', 'Flaky', 'good'),
  special('wrk_slow', '遅延の見本', 'Slow', 'good'),
]
