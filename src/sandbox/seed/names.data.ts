/** Invented given names: Latin letters, hiragana, kanji. Each spelling is one person. */
const sheet = `
nagi なぎ 凪|koharu こはる 小春|tsumugi つむぎ 紬|minato みなと 湊|riku りく 陸|kaede かえで 楓|soyoka そよか 颯香|hinata ひなた 日向|yuzu ゆず 柚
akari あかり 灯|sora そら 空|mio みお 澪|ren れん 蓮|aoi あおい 葵|rin りん 凛|yui ゆい 結|itsuki いつき 樹|kanade かなで 奏|hana はな 花
tomoe ともえ 巴|shiori しおり 栞|chihiro ちひろ 千尋|makoto まこと 誠|nozomi のぞみ 望|hikari ひかり 光|kotone ことね 琴音|shizuku しずく 雫
asahi あさひ 朝陽|yuma ゆうま 悠真|sakura さくら 桜|momiji もみじ 紅葉|suzu すず 鈴|kurumi くるみ 胡桃|anzu あんず 杏|sumire すみれ 菫|ran らん 蘭
fuka ふうか 風花|midori みどり 翠|konatsu こなつ 小夏|chinatsu ちなつ 千夏|mafuyu まふゆ 真冬|chiaki ちあき 千秋|mahiro まひろ 真紘|kei けい 慧
satsuki さつき 皐月|yayoi やよい 弥生|uta うた 詩|fumi ふみ 文|tsukasa つかさ 司|hibiki ひびき 響|kaoru かおる 薫|shinobu しのぶ 忍|izumi いずみ 泉
nao なお 直|hiro ひろ 紘|yuki ゆき 雪|natsume なつめ 棗|kohaku こはく 琥珀|ruri るり 瑠璃|mei めい 芽衣|sara さら 紗良|rio りお 莉央|nanaka ななか 七香
ichika いちか 一花|futaba ふたば 双葉|mitsuki みつき 光希|yotsuba よつば 四葉|itsuha いつは 五葉|mutsuki むつき 睦月|nanami ななみ 七海|yae やえ 八重
kokono ここの 心乃|toa とあ 叶愛|momo もも 桃|hotaru ほたる 蛍|tsubame つばめ 燕|hayate はやて 疾風|arashi あらし 嵐|nagisa なぎさ 渚|kai かい 海
umi うみ 羽海|shima しま 志麻|misaki みさき 岬|iori いおり 伊織|takumi たくみ 匠|sho しょう 翔|dai だい 大|jun じゅん 潤|kyo きょう 京|ryo りょう 涼
shun しゅん 旬|tetsu てつ 哲|masa まさ 雅|yo よう 遥|rei れい 玲|sei せい 晴|zen ぜん 禅|gen げん 弦|haru はる 春|natsu なつ 夏|aki あき 秋|fuyu ふゆ 冬
asa あさ 麻|hiyori ひより 日和|himari ひまり 陽葵|honoka ほのか 穂花|madoka まどか 円|wakana わかな 若菜|kasumi かすみ 霞|mizuki みずき 瑞希
mitsuba みつば 三葉|tsubaki つばき 椿|ayame あやめ 菖蒲|kikyo ききょう 桔梗|renge れんげ 蓮華|azusa あずさ 梓|hisui ひすい 翡翠|kozue こずえ 梢
miyako みやこ 都|sayo さよ 小夜|chiyo ちよ 千代|tamaki たまき 環|mayu まゆ 繭|ito いと 糸|nui ぬい 縫|ori おり 織|ai あい 藍|akane あかね 茜|beni べに 紅
moegi もえぎ 萌葱|sui すい 彗|ko こう 煌|sen せん 千|minori みのり 実|inori いのり 祈|manabu まなぶ 学|susumu すすむ 進|wataru わたる 渉|noboru のぼる 昇
tsudoi つどい 集|hajime はじめ 創|osamu おさむ 修|tadashi ただし 正|isao いさお 功|kazu かず 和|toki とき 朱鷺|mone もね 萌音|rui るい 塁|towa とわ 永遠
subaru すばる 昴|hokuto ほくと 北斗|kasane かさね 重|tsuzumi つづみ 鼓|koto こと 琴|shirabe しらべ 調|hibari ひばり 雲雀|kogane こがね 黄金|mutsumi むつみ 睦
sunao すなお 素直|yutaka ゆたか 豊|shizuka しずか 静|nodoka のどか 和花|yurika ゆりか 百合香`

export interface InventedName {
  readonly name: string
  readonly reading: string
}

/** All names, hiragana and kanji spellings alike, in the order of the sheet. */
export const inventedNames: readonly InventedName[] = sheet
  .trim()
  .split(/[|\n]/)
  .flatMap((entry) => {
    const [latin = '', kana = '', kanji = ''] = entry.split(' ')
    const reading = latin.charAt(0).toUpperCase() + latin.slice(1)
    return [
      { name: kana, reading },
      { name: kanji, reading },
    ]
  })
