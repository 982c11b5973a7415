import { openWorkerdHranaDriver } from './driver.ts'
import { describeControl, describeDriver } from './suite.ts'

describeDriver('workerd, libSQL over HTTP', openWorkerdHranaDriver)
describeControl('workerd, libSQL over HTTP', openWorkerdHranaDriver)
