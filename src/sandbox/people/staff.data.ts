/**
 * People who keep the marketplace. Two operators, because an appeal is decided by another person than the decision; a third,
 * who settles what two judge differently.
 */
export const staff = [
  { id: 'opr_demo', name: '運営の見本', role: 'operator' },
  { id: 'opr_second', name: '運営の見本（再審査）', role: 'operator' },
  { id: 'opr_third', name: '運営の見本（三人目）', role: 'operator' },
  { id: 'aut_demo', name: '作問の見本', role: 'author' },
] as const

/** The ids of those who are operators of the plugin too, as its `KENTEI_OPERATORS` takes them. */
export const operatorIds: string = staff.flatMap(({ id, role }) => (role === 'operator' ? [id] : [])).join(' ')
