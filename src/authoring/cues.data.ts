import type { Locale } from '../item/item.ts'

/** What an option can say without the matter being known: a name, which the manual lists, and the words that show it. */
export const CUE_WORDS: Readonly<Record<Locale, Readonly<Record<string, RegExp>>>> = {
  ja: {
    reason: /ので|ため|から、|と考え|とみて|をくみ|に合わせ|なので|として、/,
    ask: /尋ね|確認|確かめ|問い合わせ|相談|求め|頼む/,
    tell: /伝え|知らせ|報告|連絡|説明/,
    propose: /提案|案を|添え|示[しす]|理由/,
    not: /ない|ず[、に]|なく|せず/,
    asIs: /のまま/,
    only: /だけ|のみ/,
    all: /すべて|必ず|全部|全員|いつでも|どこにも|常に/,
    late: /後に|翌|次に|あとで|まで待|待[つち]|納品する/,
    alone: /自分|黙って|知らせず|尋ねず|省/,
    first: /まず|先に|すぐ|直ちに/,
    change: /消[しす]|削除|直[しす]|替え|変え|加え/,
    stop: /断[るり]|やめ|止め/,
    may: /場合|ことがある|おそれ|可能性/,
    must: /なければならない|てはならない|べき/,
    both: /とも|両方|それぞれ|別々|分け/,
    source: /原本|根拠|元の|一次|公式|資料/,
  },
  en: {
    reason: /\b(?:because|since|so that|as it|so)\b/i,
    ask: /\b(?:ask|check|confirm|consult|request)/i,
    tell: /\b(?:tell|inform|report|explain|say|let .* know)\b/i,
    propose: /\b(?:propose|suggest|offer|attach|reason)/i,
    not: /\b(?:not|no|without|never)\b|n[’']t\b/i,
    asIs: /\bas (?:it is|they are|written|is)\b|\bunchanged\b/i,
    only: /\b(?:only|just)\b/i,
    all: /\b(?:all|always|every|any time|whole)\b/i,
    late: /\b(?:later|after|next|then|wait|deliver)\b/i,
    alone: /\b(?:yourself|oneself|own|silently)\b/i,
    first: /\b(?:first|before|at once|immediately)\b/i,
    change: /\b(?:delete|remove|change|replace|correct|add)\b/i,
    stop: /\b(?:refuse|decline|stop|cancel)\b/i,
    may: /\b(?:may|might|could|if|risk)\b/i,
    must: /\b(?:must|should|have to|has to)\b/i,
    both: /\b(?:both|each|separate|separately)\b/i,
    source: /\b(?:original|evidence|source|official|primary)\b/i,
  },
}

/** What a bag of letters is made of in each language: runs of two and three letters in Japanese, words and pairs of words in English. */
export const PIECES: Readonly<Record<Locale, (text: string) => readonly string[]>> = {
  ja: (text) => {
    const runs = text.match(/[\u3041-\u3093\u4e00-\u9fff]+/g) ?? []
    const pieces = runs.flatMap((run) =>
      [2, 3].flatMap((size) =>
        Array.from({ length: Math.max(0, run.length - size + 1) }, (_, i) => run.slice(i, i + size)),
      ),
    )
    return [...pieces, `${text.slice(-2)}$`, `${text.slice(-3)}$`]
  },
  en: (text) => {
    const words = text.toLowerCase().match(/[a-z’']+/g) ?? []
    return [...words, ...words.slice(1).map((word, i) => `${words[i]} ${word}`), `${words.at(-1) ?? ''}$`]
  },
}
