/** The parts of ECharts that our charts need, in a chunk of their own. */
import { BarChart, CustomChart, LineChart } from 'echarts/charts'
import { GridComponent, TooltipComponent } from 'echarts/components'
import { use } from 'echarts/core'
import { CanvasRenderer } from 'echarts/renderers'

use([BarChart, CustomChart, LineChart, GridComponent, TooltipComponent, CanvasRenderer])

export { init } from 'echarts/core'
