import { definitionOf } from '../../item/definition-of.ts'
import type { Secret, SettledKey, Stem } from '../../item/item.ts'
import type { Criterion } from '../../item/types/item-type.ts'
import type { Translate } from '../texts.ts'

const Lines = ({ lines, ordered }: { lines: readonly string[]; ordered?: boolean }) => {
  const entries = lines.map((line) => <li>{line}</li>)
  return ordered ? <ol>{entries}</ol> : <ul>{entries}</ul>
}

const Rubric = ({ criteria, model, t }: { criteria: readonly Criterion[]; model: string; t: Translate }) => (
  <>
    {criteria.map(({ name, points, levels }) => (
      <dl class="rubric">
        <dt>{`${t('preview.criterion')}：${name}（${t('preview.points', { points })}）`}</dt>
        {levels.map(({ level, descriptor }) => (
          <dd>{`${level}　${descriptor}`}</dd>
        ))}
      </dl>
    ))}
    <h3>{t('preview.model')}</h3>
    <p class="asis">{model}</p>
  </>
)

function Key({ stem, settled: key, t }: { stem: Stem; settled: SettledKey; t: Translate }) {
  const shown = definitionOf(key.type).showKey(key, stem, {
    choice: (choice) => choice?.text ?? '?',
    accepted: (texts) => texts,
    expression: () => '?',
  })
  switch (shown.form) {
    case 'lines':
      return (
        <>
          <Lines lines={shown.lines} />
          {shown.isPartial && <p>{t('preview.partial')}</p>}
        </>
      )
    case 'steps':
      return <Lines lines={shown.lines} ordered />
    case 'blanks':
      return <Lines lines={shown.blanks.map(({ text }) => text)} ordered />
    case 'number':
      return <p>{`${shown.value}${shown.tolerance > 0 ? ` ± ${shown.tolerance}` : ''} ${shown.unit}`}</p>
    case 'rubric':
      return <Rubric criteria={shown.criteria} model={shown.model} t={t} />
    default:
      return shown satisfies never
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
export const SecretView = ({
  stem,
  settled,
  secret,
  locale,
  t,
}: {
  stem: Stem
  settled: SettledKey
  secret: Secret
  locale: string
  t: Translate
}) => (
  <details class="secret" data-part={`secret-${locale}`}>
    <summary>{t('preview.secret')}</summary>
    <div lang={locale}>
      <h3>{t('preview.key')}</h3>
      <Key stem={stem} settled={settled} t={t} />
      <Part title={t('preview.rationale')} text={secret.rationale} />
      {secret.references.length > 0 && (
        <>
          <h3>{t('preview.references')}</h3>
          <Lines lines={secret.references} />
        </>
      )}
      <Part title={t('preview.notes')} text={secret.notes} />
    </div>
  </details>
)
