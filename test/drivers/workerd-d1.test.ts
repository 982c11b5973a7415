import { openWorkerdD1Driver } from './driver.ts'
import { describeDriver } from './suite.ts'

describeDriver('workerd, D1', openWorkerdD1Driver, { control: true })
