import { openWorkerdD1Driver } from './driver.ts'
import { describeControl, describeDriver } from './suite.ts'

describeDriver('workerd, D1', openWorkerdD1Driver)
describeControl('workerd, D1', openWorkerdD1Driver)
