// The few parts of ECharts that the wall draws with; asked for by the first chart.
import { BarChart, LineChart } from 'echarts/charts'
import { GridComponent, LegendComponent } from 'echarts/components'
import { init, use } from 'echarts/core'
import { CanvasRenderer } from 'echarts/renderers'

use([BarChart, LineChart, GridComponent, LegendComponent, CanvasRenderer])

/** Fills its place, whatever becomes of that. */
export function startChart(room: HTMLElement): { setOption: (option: Record<string, unknown>, isWhole: boolean) => void; dispose: () => void } {
  const chart = init(room, null, { renderer: 'canvas' })
  const sizes = new ResizeObserver(() => chart.resize())
  sizes.observe(room)
  return {
    setOption: (option, isWhole) => chart.setOption(option, isWhole),
    dispose() {
      sizes.disconnect()
      chart.dispose()
    },
  }
}
