/**
 * What a job post may speak of, and the words for it in both languages; so that what is learnt from one wording, or in
 * one language, counts for the others. A concept is no verdict: only the weights that training gives to concepts and to
 * their order within a sentence decide. Latin words match at the start of a word, and are matched after folding.
 */
export const concepts: Readonly<Record<string, string>> = {
  line: 'LINE',
  chatApp:
    'telegram|discord|signal|messenger|メッセンジャー|スカイプ|skype|緑のアプリ|みどりのアプリ|緑のアイコン|緑色の|青い紙飛行機|紙飛行機|green app|paper plane|tg |別のアプリ|ほかのアプリ|他のアプリ|別アプリ|another app|other app|カトク|シグナル',
  dm: 'dm|ダイレクトメッセージ|インスタ|instagram|twitter|ツイッター|facebook|個別に連絡|個チャ|個別チャット|private message|inbox me|text me|ping me',
  mail: 'メール|email|e-mail|gmail|フリーメール|メアド|あっとまーく|アットマーク|アドレス|(at)| dot |at proton|mail',
  phone: '電話|携帯番号|phone|call me|ショートメッセージ|sms|番号に',
  outside:
    '外部|サイト外|サイトの外|場外|ここでは|こちらでは話|ここに書け|ここだと|このサイトを通さ|サイトを介さ|プラットフォーム外|直接やり取り|直接やりとり|直でやり|直接取引|直契約|直接契約|直接のご契約|直接お支払|直接振|outside|off-site|off site|off the site|off platform|off-platform|directly|direct deal|move our chat|move to|elsewhere',
  addFriend: '友だち追加|友達追加|追加して|登録して|id検索|qr|idをお送り|idを教え|idを送|お友だち|add me|my id|scan',
  siteFee: '手数料|システム利用料|中間マージン|マージン|commission|platform fee|service fee|the fee|fees',
  avoid: '節約|もったいな|引かれ|浮く|避け|かからない|取られ|save|avoid|skip|without the fee|bypass',
  beforeContract:
    '契約前|契約の前|ご契約前|契約より前|応募前|応募の前に|仮払い前|仮払い前|エスクロー前|before contract|before the contract|before escrow|before any contract|before we sign|prior to',
  afterContract:
    '契約後|契約の後|ご契約後|契約してから|契約成立後|仮払い後|仮払い確認後|仮払いが完了|after contract|after the contract|after escrow|once the contract|once escrow|once hired',
  insideSite:
    'このサイトのメッセージ|サイト内|サイト上|当サイトの|メッセージ機能|プラットフォーム内|プラットフォーム上|ワークルーム|on-platform|on platform|on this platform|inside the platform|inside the marketplace|on the marketplace|through the marketplace|marketplace message|platform message|in-platform|here only',
  escrow: 'エスクロー|仮払い|仮入金|escrow|funded|milestone|入金を確認',
  noEscrow:
    '仮払いはあとで|仮払いは後|仮払いなし|仮払いはしていません|エスクローは後|escrow later|no escrow|skip escrow|without escrow|契約は後|契約はあと|契約手続きは後|契約は納品|採用後に契約|合格後に契約|後から契約|契約を結ぶのは|contract later|contract after|契約書は後',
  startNow:
    '先に作業|先に着手|先に始め|先に進め|とりあえず作|まず作|先に納品|先に提出|すぐ着手|すぐに着手|作業を先|先行して|見切り発車|start right away|start now|start working|start today|begin immediately|deliver first|finished first|send the finished|complete first',
  testWork: 'テスト|試作|トライアル|課題|サンプル|お試し|見本|ラフ案|test|trial|sample|draft|spec work',
  unpaid:
    '無償|無料で作|報酬なし|報酬は発生しま|報酬は出ま|タダ|無給|ノーギャラ|お支払いはありま|お支払いはござい|支払いはしま|unpaid|no pay|not paid|free of charge|for free|without pay|no payment',
  payLater:
    '後払い|あと払い|後日お支払|後日払|後日まとめ|採用された分|採用された場合|採用分だけ|採用分のみ|採用の場合のみ|気に入ったら|気に入った|良ければ支払|良かったら|納得できたら|承認後|承認され|検収後|売上が出|売れたら|pay later|paid later|pay after|pay once|paid once|pay if|only pay|paid if|if we like|if approved|upon approval|when it sells|after we check',
  payFirst:
    '先払い|先に払|先にお支払|先にお振|前払い|事前に振込|事前にお振|事前にお支払|事前入金|最初にお支払|最初に払|お振込みいただ|振り込んで|振込んで|お振込|お納め|ご負担|自己負担|ご購入いただ|購入していただ|購入いただ|払っていただ|お支払いいただ|支払っていただ|お預かり|入金いただ|入金して|upfront|up front|up-front|pay first|pay a|pay the|pay for|you pay|in advance|prepay|transfer first|must purchase|must buy|need to buy|purchase the',
  deposit: '保証金|預り金|預かり金|デポジット|敷金|担保|deposit|security money|bond ',
  joinFee:
    '登録料|登録費|入会金|入会費|年会費|月会費|事務手数料|初期費用|初期費|加盟金|審査料|審査費|発行料|発行手数料|registration fee|sign-up fee|joining fee|admin fee|application fee|processing fee|membership fee|starter fee|background check fee|onboarding fee',
  trainingFee:
    '研修費|研修料|教材費|教材代|講習料|受講料|テキスト代|マニュアル代|training fee|course fee|tuition|material fee|manual fee|training cost',
  toolFee:
    'ツール代|ライセンス料|ライセンス費|ライセンス購入|システム代|ソフト代|利用料|機材代|キット代|材料費|材料代|スターターキット|license fee|licence fee|licence|license|tool fee|software fee|starter kit|kit',
  refund:
    '返金|返却します|お返し|戻ります|戻ってき|全額戻|返ってき|後で返|後からお返|後で精算|後日精算|精算|立替|立て替え|立てかえ|たてかえ|建て替え|refund|reimburse|returned|get it back|paid back|pay you back|give back|back with',
  account: 'アカウント|垢|account|acc |プロフィール|profile',
  sellBuy:
    '売って|売り|買い取|買取|譲って|譲渡|お譲り|ゆずって|買います|買いたい|販売して|売却|sell|buy|purchase|selling|buying|transfer ownership|handover|hand over',
  rent: '貸して|貸し|レンタル|借り|お借り|使わせて|お貸し|貸与|rent|lend|borrow|lease|let us use|use your',
  loginHand:
    'ログイン情報|パスワード|id・パス|idとパス|ログインid|認証コード|認証番号|smsコード|二段階|引き渡|引渡|login|password|credentials|verification code|otp|sms code|passcode',
  register:
    '新規登録|開設|作成代行|アカウント作成|複数作成|量産|代理登録|登録代行|会員登録|登録し|登録する|open account|register|sign up|create account|create new account',
  verified:
    '認証済み|本人確認済み|認証済|実績のある|評価付き|育った|フォロワー付き|verified|aged|with history|established',
  sim: 'simカード|sim |sims |回線|携帯契約|スマホ契約|電話番号を',
  idDocument:
    '免許証|身分証|本人確認書類|マイナンバー|保険証|パスポート|在留カード|顔写真|自撮り|セルフィー|住民票|印鑑証明|id card|photo id|passport|driver|licence photo|residence card|my number|selfie|identity document|identification|id photo|photo of your id',
  bankAccount: '口座|通帳|キャッシュカード|銀行|bank|account number|debit card|ゆうちょ|ネットバンク|暗証番号',
  card: 'クレジットカード|クレカ|カード番号|カード情報|credit card|card number|card details|cvv',
  receiveMoney:
    '入金された|入金があ|振り込まれ|着金|受け取ったお金|受け取り、|受け取って|代わりに受け取|代理受領|受領|受取|資金|送金|receive money|receive payment|receive the|receiving|incoming|funds|wire',
  forward:
    '転送|別の口座|指定の口座|指定口座|指定先|指定の住所|指定する住所|発送し直|送り直|再発送|そのまま送|引き出し|出金|横流し|forward|reship|re-ship|send on|pass on|onward|relay|withdraw|transfer it',
  parcel: '荷物|小包|宅配|宅急便|郵便物|parcel|package|shipment|mail',
  nameLend:
    '名義|お名前をお借り|お名前だけ|名前だけ|名前を貸|あなたのお名前で|ご自身の名義|name only|under your name|in your name|your name|nominee',
  introduce:
    '紹介|お友達|友だち|友人|知人|知り合い|お仲間|仲間を増|ママ友|ご家族|introduce|refer|referral|invite|friends|bring',
  downline:
    'ダウンライン|傘下|下の人|グループを広げ|組織|権利収入|不労所得|ランク|タイトル|ネットワークビジネス|mlm |ねずみ講|マルチ|代理店|パートナー制度|メンバーを増|チームを作|連鎖|downline|upline|network marketing|network business|residual|passive income|team building|your team|tier|rank |under you|levels',
  seminar:
    'セミナー|説明会|勉強会|交流会|お茶会|ランチ会|ズーム会|オンライン会|会場|ウェビナー|seminar|webinar|briefing|orientation|meetup|presentation|zoom',
  freedom:
    '自由な|経済的自由|夢を|人生を変|月収|収入が増|稼げ|稼ぐ|稼ぎ|副収入|右肩|本気の方|脱サラ|financial freedom|dream|change your life|earn|income|make money|side hustle|six figures',
  survey:
    'アンケート|調査|モニター|インタビュー|ヒアリング|座談会|診断|survey|questionnaire|monitor|interview|poll|focus group',
  personalData:
    '氏名|住所|生年月日|電話番号|勤務先|年収|個人情報|家族構成|連絡先|貯蓄|資産|full name|address|date of birth|phone number|employer|annual income|personal information|personal data|household|contact details|savings|assets',
  anonymous:
    "匿名|無記名|個人を特定|統計|個人情報は伺い|個人情報は取得|個人情報は一切|倫理審査|anonym|aggregate|no personal|ethics|not collect|do not ask|don't ask",
  callback:
    '担当者から|担当から|担当の者から|営業|ご案内の電話|ご連絡差し上げ|連絡が入|お電話します|お電話いた|お電話を差|representative|agent will|advisor|consultant will|will call|will contact',
  appInstall:
    'アプリをダウンロード|アプリを入れ|インストール|会員登録して|アプリ登録|無料登録|口座開設|カード発行|申し込んで|申込み完了|download the app|install|sign up|open an account|apply for',
  buyGoods:
    '購入|買って|買い付け|買付|買い回り|並んで|注文し|抽選に応募|予約を取|代行|buy|purchase|order|queue|line up',
  ownMoney:
    'ご自身のカード|自分のカード|ご自分のカード|手持ち|自腹|自費|ご自身のお金|あなたのカード|自分のお金|ご自身の名前|own card|own money|your card|own funds|your own|out of pocket|own name',
  giftCard:
    'ギフトカード|ギフト券|アマギフ|プリペイド|itunes|google play|アップルカード|金券|商品券|電子マネー|コード番号|gift card|giftcard|voucher|prepaid|vouchers',
  ticket:
    'チケット|転売|限定|スニーカー|フィギュア|トレカ|ゲーム機|iphone|スマホ本体|せどり|仕入れ|ticket|resale|resell|limited|sneaker|console|figure|trading card',
  review:
    'レビュー|口コミ|クチコミ|くちこみ|感想|体験談|お客様の声|推薦文|投稿|コメント|review|testimonial|comment|feedback|post',
  stars:
    '星5|星五|★5|☆5|星を|★★★★★|最高評価|高評価|高い評価|星4|満点|5つ星|五つ星|5 star|5-star|five star|five-star|stars|positive|top rating',
  notUsed:
    "使っていなくて|使わなくて|使ったことがなくて|未使用でも|行っていなくて|行かなくて|来店不要|来店しなくて|購入しなくて|体験していなくて|使った体で|使ったつもり|行ったつもり|利用したつもり|食べたつもり|想像で|架空|なりきって|in the voice of|as if|pretend|without using|have not used|haven't used|not used|no need to visit|no need to use|don't need to|made up|imagin",
  likes:
    'いいね|フォロー|フォロワー|チャンネル登録|再生回数|拡散|リポスト|お気に入り登録|likes|follow|subscribe|upvote|retweet|repost',
  hideAd:
    "prとは書か|prと書か|prは付け|prをつけ|pr表記なし|pr表記は不要|pr表記不要|広告とわから|広告とは|広告だと|依頼とわから|依頼されたこと|依頼であること|案件とわから|案件とは|自然な感じ|自然に|自然な|さりげなく|ステマ|一般の方|一般ユーザー|個人の感想として|do not mention|don't mention|not mention|no disclosure|without disclos|undisclosed|looks natural|look natural|organic|naturally|do not say|don't say|ordinary customer|no #ad|without #ad ",
  discloseAd:
    '「pr」|pr表記|#pr|［pr］|広告と明記|広告表記|広告であることを|景品表示法|景表法|ステマ規制|disclos|#ad|sponsored|labelled as|labeled as|marked as ad',
  course:
    '講座|スクール|教材|コース|塾|カリキュラム|アカデミー|course|school|academy|curriculum|program|programme|masterclass|bootcamp',
  consulting:
    'コンサル|メンター|マンツーマン|個別相談|無料相談|無料面談|面談|個別面談|カウンセリング|サポート付|consult|mentor|coach|free call|free talk|free session|strategy call|discovery call',
  knowHow:
    'ノウハウ|商材|マニュアル|手法|再現性|ロードマップ|秘密|極意|テンプレ|自動売買|ツール|アフィリエイト|バイナリー|fx |仮想通貨|投資|know-how|knowhow|secret|method|blueprint|system|roadmap|ebook|e-book|crypto|trading',
  enrol:
    '受講|入会|入塾|ご購入後|契約いただ|ご加入|申込|お申し込み|申し込み|enrol|enroll|join|subscription|package|plan',
  beginner:
    '未経験|初心者|スキル不要|誰でも|だれでも|簡単|かんたん|スマホだけ|スキマ時間|すきま時間|コピペ|ノルマなし|beginner|no experience|anyone|easy|simple|only a smartphone|spare time|copy and paste|copy paste',
  highPay:
    '高収入|高額|即金|日払い|日給|即日|確実に|必ず|がっつり|ガッツリ|high pay|high income|same day|guaranteed|daily pay|fast money|quick money',
  deny: "いたしません|致しません|しません|ございません|ありません|不要です|一切|必要ありません|お断り|ご遠慮|禁止|求めません|行いません|かかりません|いただきません|ではありません|ではなく|お控え|なし|no |not |never|don't|do not|without|won't|prohibited|please refrain|ておりません|ていません|できません|受けません|渡しません|使いません|含みません|含まれません|対象外|ないでください|しない|禁じ|聞きません|残りません|売りません|要りません|いりません|ないです|nobody|nor |none |isn't|aren't|cannot|can't|neither ",
  clientPays:
    '弊社負担|当社負担|こちらで負担|当方負担|依頼者負担|経費は|実費|支給|貸与|こちらで用意|こちらで購入|お送りします|会社負担|全額支給|we cover|we pay|we provide|covered by|provided by|at our expense|we supply|supplied|paid by us|client pays',
  writing: '記事|執筆|ライティング|ライター|原稿|文字|コラム|ブログ|article|write|writing|writer|words|blog|copy',
  drawing: 'イラスト|デザイン|スタンプ|ロゴ|バナー|作画|描いて|illustration|design|sticker|logo|banner|draw',
  develop:
    '開発|実装|コーディング|構築|プログラ|api |bot |ボット|システム開発|テスター|動作確認|不具合|develop|implement|code|build|bug|qa |dummy|ダミー',
  dataEntry:
    'データ入力|入力作業|入力|転記|集計|仕分け|リスト作成|文字起こし|data entry|spreadsheet|excel|transcri|typing|catalogue|tagging',
  translate: '翻訳|校正|校閲|英訳|和訳|translat|proofread|edit|subtitle|字幕',
  research:
    'リサーチ|調べて|比較|解説|注意喚起|被害|詐欺|啓発|法律|規約|research|explain|compare|warning|fraud|scam|awareness|victim|law',
  homework:
    '課題|宿題|レポート|論文|卒論|修論|ゼミ論|小テスト|自由研究|感想文|作文|志望理由|エントリーシート|実習記録|学籍番号|単位|homework|essay|thesis|dissertation|coursework|assignment|term paper|book report|lab report|quiz|履修|出席|レジュメ|読書感想|提出用|研究計画|quizzes|problem set|期末|ゼミ|出席点|受講|eラーニング|修了|学籍|エッセイ|小論文|志望動機|添削課題|確認問題|卒業制作|予習|読書感想文|attendance|student portal|seminar paper|discussion board|moodle|canvas ',
  exam: '受験|試験|検定|適性検査|ウェブテスト|玉手箱|spi|toeic|英検|答案|替え玉|exam|aptitude|assessment|proctor',
  inStead:
    '代わりに|代筆|代理|なりきって|ふりをして|私の名前で|わたしの名前で|自分で書いた|ばれない|ばれる|剽窃|コピペ判定|コピペチェック|in my place|under my name|as me |as my own|in my voice|take it for me|ghost|plagiarism|turnitin|代行|代役|身代わり|本人が書いたように|本人に代わ|わたしの名|私の名|のアカウントに入|でログイン|on my behalf|instead of me|as if i |with their login|my login|私のふり|わたしのふり|本人として|本人のふり|わたしっぽ|私っぽ|っぽい感じ|口ぶり|書いたことに|したことに|丸投げ|かわりに|替わりに|バレ|ばれ|気づかれない|先生に見|教授に|に似せて|pass it off|sounds like me|my tone|submit it as|hand it in|hand in as|as though i|under my student',
  crimeRole:
    '受け子|出し子|かけ子|叩き|たたき|運び|闇バイト|ホワイト案件|封筒|ロッカー|見張り|引き出し|検問|目出し帽|飛ばない|シグナル|秘匿|かけ場|lookout|envelope|withdraw|getaway|courier|patrol|balaclava',
  secret:
    '口外|秘密|他言|内緒|誰にも|だれにも|消える|中は見|中身|理由は聞|聞かない|開けず|secret|no questions|do not open|may not be opened|nobody will|disappear|do not ask|must not notice',
  invest:
    '元本|利回り|月利|年利|配当|証拠金|入金|コイン|トークン|株|出資|積立|ファンド|先物|運用|上場|倍に|principal|deposit|yield|token|coin|forex|fund|broker|stake|returns|invest',
  inside:
    '名簿|顧客情報|顧客リスト|お客様の一覧|内部|社外秘|連絡先リスト|電話帳|流出|漏れ|持ち出|仕様書|原価|見積り|カルテ|患者|在職中|お勤め|退職|customer list|customers|records|leads|internal|leaked|phone book|patients|employees of|employer|勤め先|勤務先の|社内資料|極秘|部外秘|会員情報|入札|予定価格|公表前|発表前|元社員|元従業員|former employer|unpublished|confidential|insider',
  harm: '偽|コピー品|なりすま|装って|合成|盗|侵入|乗っ取|誹謗|中傷|嫌がらせ|晒|炎上|サクラ|尾行|発信機|フィッシング|ウイルス|チート|海賊|違法|無断|許可は|脅|fake|forged|counterfeit|phishing|hack|spy|stalk|pirate|malware|harass|threat|invented|not notice|気づかれ|気付かれ|すり抜け|検知され|改ざん|改竄|名乗って|と名乗|そっくり|居場所|無許可|ばらま|裏口|さかのぼ|without permission|without their knowledge|undetect|impersonat|spoof|forge |leak|letter by letter|捏造|水増し|無断で|勝手に|こっそり|黙って|知らせず|知られず|知られない|盗撮|隠し撮り|偽造|虚偽|うその|嘘の|架空|身元を|突き止め|弱み|仕返し|解約できない|解約しにく|転売|ボット|認証を|回避|突破|海賊版|割れ|早読み|恋人のふり|のふりを|という体で|ように見せ|に見せかけ|見せかけ|書き足|差し替え|書き直し|日付を直|透かしを消|消し|本物と|本物そっくり|見分けがつか|似せ|事実かどうか|嫌な思い|評判を落|内緒|deceiv|pretend|secretly|tamper|fabricat|inflate|bypass|get past|captcha|crack|stolen|without telling|without the|behind their|cloned|deepfake|hidden camera|as close to the real|must not notice|spread',
}
