/**
 * Letters of other scripts that pass for Latin ones, and signs that pass for each other: for each letter those that look
 * like it, after lower-casing.
 */
export const lookalikes: Readonly<Record<string, string>> = {
  a: 'аαɑᴀ⍺',
  b: 'ьвʙƅβß',
  c: 'сϲᴄⅽ',
  d: 'ԁɗᴅ',
  e: 'еєεҽᴇ℮ɛ',
  f: 'ꜰғ',
  g: 'ɡԍɢ',
  h: 'һнʜ',
  i: 'іїιıɩɪӏ',
  j: 'јϳᴊ',
  k: 'кκᴋ',
  l: 'ⅼʟ',
  m: 'мᴍ',
  n: 'пηɴո',
  o: 'оοσօᴏ',
  p: 'рρᴘ',
  q: 'ԛǫ',
  r: 'гʀ',
  s: 'ѕꜱ',
  t: 'тτᴛ',
  u: 'υսᴜ',
  v: 'ѵνᴠ',
  w: 'ԝшωᴡ',
  x: 'хχ',
  y: 'уγүʏ',
  z: 'ᴢ',
  '|': 'ǀ∣│┃',
  '-': '‐‑‒–—―−﹘⁃',
  ー: '〜～〰',
  ロ: '口',
  カ: '力',
  ニ: '二',
  タ: '夕',
  エ: '工',
  ト: '卜',
  ハ: '八',
  '・': '·•‧∙⋅･●',
  "'": '’‘ʼ＇`´',
  '"': '“”〝〟',
}

/** How the names of messengers are written, after folding and in hiragana. */
export const messengers = {
  line: 'line|linee|らいん|ら印|裸印|羅印|裸いん|羅いん|lいん|liん|らiん|らin|らine|lいne|lineえ|えるあいえぬいー|えるあいえぬいい',
  chatApp:
    'telegram|telgram|tme|whatsapp|whatapp|whatsap|wame|wechat|kakaotalk|kakao|viber|てれぐらむ|わっつあっぷ|かかおとーく|かかお|ういーちやつと|ばいばー',
  discord: 'discord|でいすこーど',
}

/** What a katakana ライン within a longer word becomes: オンライン, ガイドライン, ラインナップ. ゐ is in no word of today. */
export const lineInWord = 'らゐん'

/** What may follow ライン in one katakana word and still mean the messenger. */
export const lineContinuations =
  'グループ|トーク|アカウント|アプリ|オープン|メッセ|スタンプ|チャット|アイディー|ノート|ビデオ|ペイ'

/** Hiragana before らいん that make it the end of くらい or ぐらい. */
export const beforeNoLine = 'くぐ'

/** Small kana, each with the large one that it passes for. */
export const smallKana = 'ぁあ|ぃい|ぅう|ぇえ|ぉお|っつ|ゃや|ゅゆ|ょよ'
