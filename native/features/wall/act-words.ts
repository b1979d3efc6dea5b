// An act on a device and what came of it in a few words, for the entry. Pure.
import type { DisplayAct, DisplayResult } from '../../contract/index.ts'

export function actWords(act: DisplayAct): string {
  switch (act.kind) {
    case 'power':
      return act.isOn ? '开机' : '关机'
    case 'input':
      return `输入 ${act.input}${act.window === null ? '' : ` → 窗口 ${act.window}`}`
    case 'preset':
      return `设备预案 ${act.preset}${act.screen === null ? '' : ` → 画布 ${act.screen}`}`
    case 'brightness':
      return `亮度 ${act.percent}%`
    case 'blank':
      return act.isOn ? '黑屏' : '取消黑屏'
    case 'freeze':
      return act.isOn ? '冻结' : '取消冻结'
    case 'tiling':
      return act.columns === 0 ? '关闭拼接' : `拼接 ${act.columns}×${act.rows} 第 ${act.position} 块`
    case 'wake':
      return '网络唤醒'
    case 'command':
      return `命令 ${[act.command, ...Object.entries(act.values).map(([name, value]) => `${name}=${value}`)].join(' ')}`
    default:
      return act satisfies never
  }
}

export const resultWords: Readonly<Record<DisplayResult, string>> = {
  confirmed: '已执行并回读确认',
  accepted: '已接受（设备不能回读）',
  contradicted: '设备已应答，但回读不一致',
  refused: '设备拒绝',
  unreached: '没有送达',
  unknown: '没有回应，结果未知',
}
