import { openFileDriver } from './driver.ts'
import { describeDriver } from './suite.ts'

describeDriver('Node, embedded file', openFileDriver)
