import { openTwoProcessDriver } from './driver.ts'
import { describeDriver } from './suite.ts'

describeDriver('two Node processes, one file', openTwoProcessDriver)
