/** What a run writes at the marketplace that it tries: its people can tell it from their own. */
export const TRACES = {
  explanation: { ja: '適合試験', en: 'Conformance run' },
  contract: '適合試験の契約',
  delivery: '適合試験の納品',
  end: '適合試験の終わり',
  review: '適合試験の評価です。',
  suspicion: 'Conformance run; nothing is suspected',
  exam: '適合試験（実在しない検定）',
}
