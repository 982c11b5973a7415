import { Form } from '../../../platform/page/form.tsx'
import { Icon } from '../../../platform/page/icon.tsx'
import { Chip, Note } from '../../../platform/page/state.tsx'
import type { PageContext } from '../../ui/page-context.ts'

export interface AddressView {
  readonly identity: 'hashed' | 'none'
  /** What was entered and could not be taken for an address. */
  readonly refused?: string | undefined
}

const Ask = ({ context: { t }, refused }: { context: PageContext; refused: string | undefined }) => (
  <Form method="post" action="/certificates/address#address" class="stack s">
    {refused !== undefined && (
      <p class="wrong" role="alert" id="address-problem">
        <Icon name="alert" />
        {t('problem.address-malformed')}
      </p>
    )}
    <div class="acts">
      <p class="field wide">
        <label for="email">{t('address.label')}</label>
        <input
          class="input"
          id="email"
          name="email"
          type="email"
          autocomplete="email"
          maxlength={254}
          required
          value={refused}
          aria-invalid={refused === undefined ? undefined : 'true'}
          aria-describedby={refused === undefined ? undefined : 'address-problem'}
        />
      </p>
      <button class="btn outline s">{t('address.ask')}</button>
    </div>
  </Form>
)

const Forget = ({ context: { t } }: { context: PageContext }) => (
  <Form method="post" action="/certificates/address/forget#address" class="stack s">
    <Note tone="ok" icon="check">
      <p>{t('address.onText')}</p>
    </Note>
    <p class="btns">
      <button class="btn outline s">{t('address.forget')}</button>
    </p>
  </Form>
)

/** Whether new certificates carry a salted hash of the holder's e-mail address: off until they ask for it. */
export const AddressCard = ({
  context,
  address: { identity, refused },
  hasCertificates,
}: {
  context: PageContext
  address: AddressView
  hasCertificates: boolean
}) => {
  const { t } = context
  return (
    <section class="card" id="address" aria-labelledby="address-title">
      <div class="card-head">
        <h2 id="address-title">{t('address.title')}</h2>
        {identity === 'hashed' ? (
          <Chip tone="ok" icon="check">
            {t('address.on')}
          </Chip>
        ) : (
          <Chip icon="cross">{t('address.off')}</Chip>
        )}
      </div>
      <p class="small">{t('address.lead')}</p>
      {identity === 'hashed' ? <Forget context={context} /> : <Ask context={context} refused={refused} />}
      <p class="tiny">
        {t('address.public')} {hasCertificates && t('address.existing')}
      </p>
    </section>
  )
}

/** Whether new certificates carry the holder's display name: they do until the holder takes it back. */
export const NameCard = ({
  context: { t },
  name,
  hasCertificates,
}: {
  context: PageContext
  name: 'shown' | 'none'
  hasCertificates: boolean
}) => {
  const isShown = name === 'shown'
  return (
    <section class="card" id="name" aria-labelledby="name-title">
      <div class="card-head">
        <h2 id="name-title">{t('holderName.title')}</h2>
        {isShown ? (
          <Chip tone="ok" icon="check">
            {t('address.on')}
          </Chip>
        ) : (
          <Chip icon="cross">{t('address.off')}</Chip>
        )}
      </div>
      <p class="small">{t(isShown ? 'holderName.shown' : 'holderName.hidden')}</p>
      <Form method="post" action={`/certificates/name/${isShown ? 'hide' : 'show'}#name`}>
        <p class="btns">
          <button class="btn outline s">{t(isShown ? 'holderName.hide' : 'holderName.show')}</button>
        </p>
      </Form>
      {hasCertificates && <p class="tiny">{t('holderName.existing')}</p>}
    </section>
  )
}
