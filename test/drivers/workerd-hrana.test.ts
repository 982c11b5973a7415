import { openWorkerdHranaDriver } from './driver.ts'
import { describeDriver } from './suite.ts'

describeDriver('workerd, libSQL over HTTP', openWorkerdHranaDriver, { control: true })
