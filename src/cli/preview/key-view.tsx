import type { Choice, Secret, SettledKey, Stem } from '../../item/item.ts'
import type { Texts } from './texts.ts'

const pick = (choices: readonly Choice[], i: number): string => choices[i]?.text ?? '?'

const Lines = ({ lines, ordered }: { lines: readonly string[]; ordered?: boolean }) => {
  const entries = lines.map((line) => <li>{line}</li>)
  return ordered ? <ol>{entries}</ol> : <ul>{entries}</ul>
}

function blankLines(stem: Stem, key: SettledKey & { readonly type: 'cloze' }): string[] {
  const blanks = stem.type === 'cloze' ? stem.blanks : []
  return Object.entries(key.blanks).map(([ref, blank]) => ('choice' in blank ? pick(blanks.find((one) => one.ref === ref)?.choices ?? [], blank.choice) : blank.accepted.join(' / ')))
}

const Rubric = ({ criteria, model, t }: Pick<SettledKey & { readonly type: 'essay' }, 'criteria' | 'model'> & { t: Texts }) => (
  <>
    {criteria.map(({ name, points, levels }) => (
      <dl class="rubric">
        <dt>{`${t.criterion}：${name}（${t.points(points)}）`}</dt>
        {levels.map(({ level, descriptor }) => (
          <dd>{`${level}　${descriptor}`}</dd>
        ))}
      </dl>
    ))}
    <h3>{t.model}</h3>
    <p class="asis">{model}</p>
  </>
)

function Key({ stem, settled: key, t }: { stem: Stem; settled: SettledKey; t: Texts }) {
  const choices = 'choices' in stem ? stem.choices : []
  switch (key.type) {
    case 'single':
    case 'true-false':
      return <Lines lines={[pick(choices, key.choice)]} />
    case 'multiple':
      return (
        <>
          <Lines lines={key.choices.map((i) => pick(choices, i))} />
          {key.partial && <p>{t.partial}</p>}
        </>
      )
    case 'numeric':
      return <p>{`${key.value}${key.tolerance > 0 ? ` ± ${key.tolerance}` : ''} ${key.unit}`}</p>
    case 'short':
      return <Lines lines={key.accepted} />
    case 'cloze':
      return <Lines lines={blankLines(stem, key)} ordered />
    case 'order':
      return <Lines lines={key.order.map((i) => pick(choices, i))} ordered />
    case 'match':
      return stem.type === 'match' ? <Lines lines={key.pairs.map((right, left) => `${pick(stem.left, left)} → ${pick(stem.right, right)}`)} /> : null
    case 'essay':
      return <Rubric criteria={key.criteria} model={key.model} t={t} />
    default:
      return key satisfies never
  }
}

const Part = ({ title, text }: { title: string; text: string }) =>
  text === '' ? null : (
    <>
      <h3>{title}</h3>
      <p class="asis">{text}</p>
    </>
  )

/** The secret half of one wording, as its author wrote it; closed until it is asked for. */
export const SecretView = ({ stem, settled, secret, locale, t }: { stem: Stem; settled: SettledKey; secret: Secret; locale: string; t: Texts }) => (
  <details class="secret" data-part={`secret-${locale}`}>
    <summary>{t.secret}</summary>
    <div lang={locale}>
      <h3>{t.key}</h3>
      <Key stem={stem} settled={settled} t={t} />
      <Part title={t.rationale} text={secret.rationale} />
      {secret.references.length > 0 && (
        <>
          <h3>{t.references}</h3>
          <Lines lines={secret.references} />
        </>
      )}
      <Part title={t.notes} text={secret.notes} />
    </div>
  </details>
)
