import { openNodeHranaDriver } from './driver.ts'
import { describeDriver } from './suite.ts'

describeDriver('Node, libSQL over HTTP', openNodeHranaDriver, { control: true, brief: true })
