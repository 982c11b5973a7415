/** XML namespaces of QTI 3.0 and where its schemas are. */
export const ITEM_NAMESPACE = 'http://www.imsglobal.org/xsd/imsqtiasi_v3p0'
export const ITEM_SCHEMA = 'https://purl.imsglobal.org/spec/qti/v3p0/schema/xsd/imsqti_asiv3p0p1_v1p0.xsd'
export const MANIFEST_NAMESPACE = 'http://www.imsglobal.org/xsd/qti/qtiv3p0/imscp_v1p1'
export const MANIFEST_SCHEMA = 'https://purl.imsglobal.org/spec/qti/v3p0/schema/xsd/imsqtiv3p0_imscpv1p2_v1p0.xsd'
export const LOM_NAMESPACE = 'http://ltsc.ieee.org/xsd/LOM'
export const TEMPLATES = 'https://purl.imsglobal.org/spec/qti/v3p0/rptemplates'

/** What items of ours say of their origin: their titles and rubrics are then read as ours. */
export const TOOL = 'Kentei'

/** Classes of the rubric blocks that hold what QTI has no element for. */
export const BLOCKS = {
  references: 'kentei-references',
  notes: 'kentei-notes',
  rubric: 'kentei-rubric',
  model: 'kentei-model-answer',
} as const
