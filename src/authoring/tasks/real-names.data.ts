/** The word that stands in the name of every firm of a task: nobody is called so. */
export const MADE_UP = /架空|fictional/iu

/** What a firm's name begins or ends with. Texts come in NFKC. */
export const FIRM_SIGNS =
  /株式会社|有限会社|合同会社|合資会社|合名会社|\((?:株|有|同)\)|一般社団法人|公益社団法人|一般財団法人|公益財団法人|(?<![\p{L}])(?:Inc\.|Co\., ?Ltd\.|Ltd\.|LLC|K\.K\.)/gu

/** What a name is made of; hiragana that stand beside the sign of a firm may belong to the sentence. */
export const NAME_BEFORE =
  /[\p{Script=Han}\p{Script=Katakana}\p{Script=Latin}\p{N}ー・&々〆ヶ]{1,20} ?$|[ぁ-ん]{2,10} ?$/u
export const NAME_BEHIND = /^ ?[\p{Script=Han}\p{Script=Katakana}\p{Script=Latin}\p{N}ー・&々〆ヶ]|^ ?[ぁ-ん]{2,10}/u
/** Words of the sentence before and behind the sign of a firm that names none. */
export const NO_NAME_BEFORE = /(?:[のがはをにとやでも、]|ある|その|この|あの|どの|という|ような|よう)$/u
export const NO_NAME_BEHIND = /^ ?(?:[のがはをにとやでもなかだへ]|など|である|です|として|という|より|から|まで)/u

/** Firms that everybody knows: their names need no sign to be theirs. */
export const KNOWN_FIRMS: readonly string[] =
  `トヨタ自動車 トヨタ 日産自動車 本田技研 マツダ株式会社 三菱自動車 いすゞ自動車 ダイハツ工業 ヤマハ発動機 ブリヂストン 日本製鉄
  三菱重工 三菱電機 日立製作所 東芝 富士通 パナソニック ソニー シャープ株式会社 京セラ 村田製作所 キーエンス 任天堂 セイコーエプソン
  リコー コニカミノルタ 富士フイルム コクヨ プラス株式会社 アスクル モノタロウ ぺんてる ゼブラ株式会社 三菱鉛筆 キングジム 大塚商会
  三菱商事 三井物産 伊藤忠商事 住友商事 丸紅 双日 三菱地所 三井不動産 住友不動産 積水ハウス 大和ハウス 大東建託 アパマンショップ
  三菱UFJ 三井住友銀行 三井住友カード みずほ銀行 りそな銀行 ゆうちょ銀行 住信SBI PayPay銀行 楽天 オリックス 野村證券 大和証券
  日本生命 第一生命 明治安田生命 東京海上日動 損保ジャパン アフラック ヤマト運輸 佐川急便 日本郵便 日本通運 西濃運輸 福山通運
  セブン-イレブン セブンイレブン ファミリーマート ローソン イオンモール イトーヨーカドー ヨドバシカメラ ビックカメラ ヤマダデンキ ケーズデンキ
  ニトリ 無印良品 良品計画 ユニクロ ファーストリテイリング しまむら株式会社 ドン・キホーテ カインズ コーナン ダイソー セリア株式会社
  花王 資生堂 コーセー ライオン株式会社 ポーラ化粧品 ファンケル ユニ・チャーム 味の素株式会社 明治製菓 森永製菓 江崎グリコ カルビー
  ロッテ 日清食品 キッコーマン カゴメ ハウス食品 伊藤園 サントリー アサヒビール キリンビール サッポロビール コカ・コーラ ヤクルト
  スターバックス ドトール マクドナルド モスバーガー すかいらーく 吉野家 すき家 松屋フーズ サイゼリヤ 武田薬品 大塚製薬 エーザイ
  NTTドコモ NTTデータ KDDI ソフトバンク 電通 博報堂 リクルート パーソル マイナビ パソナ ベネッセ メルカリ サイバーエージェント
  クラウドワークス ランサーズ ココナラ JTB 近畿日本ツーリスト 全日本空輸 日本航空 JR東日本 JR西日本 JR東海 東京電力 関西電力 東京ガス
  セコム ALSOK 講談社 集英社 小学館 KADOKAWA 朝日新聞 読売新聞 毎日新聞 日本経済新聞 産経新聞 フジテレビ`
    .split(/\s+/)
    .filter((name) => name !== '')
