import { openNodeHranaDriver } from './driver.ts'
import { describeControl, describeDriver } from './suite.ts'

describeDriver('Node, libSQL over HTTP', openNodeHranaDriver)
describeControl('Node, libSQL over HTTP', openNodeHranaDriver)
