/** Katakana and how its sounds are spelled in mail addresses (Hepburn, long vowels left out); pairs come before single signs. */
export const ROMAJI: Readonly<Record<string, string>> = Object.fromEntries(
  (
    'キャ kya キュ kyu キョ kyo シャ sha シュ shu ショ sho チャ cha チュ chu チョ cho ニャ nya ニュ nyu ニョ nyo ヒャ hya ヒュ hyu ヒョ hyo ' +
    'ミャ mya ミュ myu ミョ myo リャ rya リュ ryu リョ ryo ギャ gya ギュ gyu ギョ gyo ジャ ja ジュ ju ジョ jo ビャ bya ビュ byu ビョ byo ' +
    'ピャ pya ピュ pyu ピョ pyo ティ ti ディ di ファ fa フィ fi フェ fe フォ fo ウィ wi ウェ we ヴァ va ' +
    'ア a イ i ウ u エ e オ o カ ka キ ki ク ku ケ ke コ ko サ sa シ shi ス su セ se ソ so タ ta チ chi ツ tsu テ te ト to ' +
    'ナ na ニ ni ヌ nu ネ ne ノ no ハ ha ヒ hi フ fu ヘ he ホ ho マ ma ミ mi ム mu メ me モ mo ヤ ya ユ yu ヨ yo ' +
    'ラ ra リ ri ル ru レ re ロ ro ワ wa ヲ o ン n ガ ga ギ gi グ gu ゲ ge ゴ go ザ za ジ ji ズ zu ゼ ze ゾ zo ' +
    'ダ da ヂ ji ヅ zu デ de ド do バ ba ビ bi ブ bu ベ be ボ bo パ pa ピ pi プ pu ペ pe ポ po ヴ vu ー - ッ -'
  )
    .split(' ')
    .flatMap((sign, i, all) => (i % 2 === 0 ? [[sign, (all[i + 1] as string).replace('-', '')]] : [])),
)

const FULL =
  'ガギグゲゴザジズゼゾダヂヅデドバビブベボパピプペポヴアイウエオカキクケコサシスセソタチツテトナニヌネノハヒフヘホマミムメモヤユヨラリルレロワヲンァィゥェォッャュョー・　'
const HALF =
  'ｶﾞ ｷﾞ ｸﾞ ｹﾞ ｺﾞ ｻﾞ ｼﾞ ｽﾞ ｾﾞ ｿﾞ ﾀﾞ ﾁﾞ ﾂﾞ ﾃﾞ ﾄﾞ ﾊﾞ ﾋﾞ ﾌﾞ ﾍﾞ ﾎﾞ ﾊﾟ ﾋﾟ ﾌﾟ ﾍﾟ ﾎﾟ ｳﾞ ｱ ｲ ｳ ｴ ｵ ｶ ｷ ｸ ｹ ｺ ｻ ｼ ｽ ｾ ｿ ﾀ ﾁ ﾂ ﾃ ﾄ ﾅ ﾆ ﾇ ﾈ ﾉ ﾊ ﾋ ﾌ ﾍ ﾎ ﾏ ﾐ ﾑ ﾒ ﾓ ﾔ ﾕ ﾖ ﾗ ﾘ ﾙ ﾚ ﾛ ﾜ ｦ ﾝ ｧ ｨ ｩ ｪ ｫ ｯ ｬ ｭ ｮ ｰ ･'.split(
    ' ',
  )

/** Half-width katakana, and a half-width space for the wide one. */
export const HALF_WIDTH_KANA: Readonly<Record<string, string>> = Object.fromEntries(
  [...FULL].map((sign, i) => [sign, HALF[i] ?? ' ']),
)

/** The first year of the present era is 2019. */
export const ERA = { name: '令和', short: 'R', yearBefore: 2018 } as const

/** The sign that stands for one that cannot be read. */
export const UNREADABLE = '■'

export const WIDE_GAP = '　'
export const MIDDLE_DOT = '・'
export const YEN = '円'

/** The slots that the generator fills: the rules of the drawn formats, and the number of rows. */
export const FORMAT_RULES = '書式の規則'
export const ROW_COUNT = '行数'
