import { expect, it } from 'vitest'
import { readQti } from '../../../src/authoring/formats/qti/read-package.ts'

it('a QTI item in which two numbers are right is left out, and says why', () => {
  const item = (second: number) => `<?xml version="1.0"?>
<qti-assessment-item xmlns="http://www.imsglobal.org/xsd/imsqtiasi_v3p0" identifier="q1" title="T">
<qti-response-declaration identifier="RESPONSE" cardinality="single" base-type="integer">
<qti-correct-response><qti-value>3</qti-value></qti-correct-response><qti-mapping default-value="0">
<qti-map-entry map-key="3" mapped-value="1"/><qti-map-entry map-key="${second}" mapped-value="1"/></qti-mapping>
</qti-response-declaration><qti-item-body><p>Name a whole number.</p>
<p><qti-text-entry-interaction response-identifier="RESPONSE"/></p></qti-item-body>
<qti-response-processing template="https://purl.imsglobal.org/spec/qti/v3p0/rptemplates/map_response.xml"/>
</qti-assessment-item>`
  const read = (second: number) => {
    const file = readQti(new TextEncoder().encode(item(second)), { locale: 'en' })
    return file.ok ? file.value.entries : []
  }
  expect(read(4)).toMatchObject([
    { kind: 'left-out', losses: expect.arrayContaining([expect.objectContaining({ code: 'key' })]) },
  ])
  expect(read(3)).toMatchObject([{ kind: 'item' }])
})
