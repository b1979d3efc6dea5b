// What the station knows, as ECharts draws it; letters for five metres. Pure.
import type { ChartData } from '../../../../native/contract/index.ts'
import { clockWords } from '../../../ui/time-words.ts'

const text = '#e6ecf2'
const quiet = '#9fb0c0'
const line = '#33424f'
/** Told apart by lightness too; none of them is a warning's colour. */
const colours = ['#6fb3d9', '#4c6377', '#a8c99b', '#b9a6d6', '#d3b98a', '#7fc4bd', '#c79aa9', '#8a98a5']
const label = { color: text, fontSize: 32, fontWeight: 600 }
const axis = { axisLabel: { color: quiet, fontSize: 30 }, axisLine: { lineStyle: { color: line } }, splitLine: { lineStyle: { color: line } } }

export function chartOption(chart: ChartData, now: number) {
  const hasLegend = chart.form === 'steps' || chart.series.length > 1
  const common = {
    animation: false,
    color: colours,
    textStyle: { fontFamily: '"Noto Sans CJK SC", "Microsoft YaHei", sans-serif' },
    grid: { left: 8, right: 120, top: hasLegend ? 64 : 16, bottom: 8, containLabel: true },
    legend: { show: hasLegend, top: 0, textStyle: { color: text, fontSize: 30 }, itemWidth: 32, itemHeight: 20 },
  }
  return chart.form === 'bars' ? { ...common, ...bars(chart) } : { ...common, ...steps(chart, now) }
}

function bars({ names, series }: ChartData) {
  const total = (index: number) => series.reduce((sum, { values }) => sum + (values[index] ?? 0), 0)
  return {
    xAxis: { type: 'value', ...axis, axisLabel: { show: false }, minInterval: 1 },
    yAxis: { type: 'category', data: names, inverse: true, ...axis, axisLabel: { color: text, fontSize: names.length > 5 ? 28 : 32, interval: 0 } },
    series: series.map(({ name, values }, index) => ({
      name,
      type: 'bar',
      stack: 'all',
      data: values,
      barMaxWidth: 56,
      ...(index === series.length - 1
        ? {
            label: {
              show: true,
              position: 'right',
              ...label,
              formatter: ({ dataIndex }: { dataIndex: number }) =>
                series.length === 1 ? total(dataIndex) : `${series[0]?.values[dataIndex] ?? 0} / ${total(dataIndex)}`,
            },
          }
        : {}),
    })),
  }
}

/** Each figure stands until the next was said, and to this day. */
function steps({ points }: ChartData, now: number) {
  return {
    xAxis: { type: 'time', ...axis, axisLabel: { ...axis.axisLabel, hideOverlap: true, formatter: (at: number) => clockWords(at).slice(0, 5) } },
    yAxis: { type: 'value', minInterval: 1, ...axis },
    series: points.map(({ name, steps: said }) => ({
      name,
      type: 'line',
      step: 'end',
      symbolSize: 12,
      lineStyle: { width: 6 },
      data: [...said, [now, said.at(-1)?.[1] ?? 0]],
      endLabel: { show: true, ...label, formatter: `${name} ${said.at(-1)?.[1] ?? 0}` },
    })),
  }
}
