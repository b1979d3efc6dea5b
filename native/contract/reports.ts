// Reports (报告) are documents with a life: 拟稿 → 审核 → 签发 → 已报送 → 已签收; what was signed is frozen by its hash.
import { z } from 'zod'
import { defineDatasets } from './dataset.ts'

export const reportDatasets = defineDatasets({})

/** 首报, 续报, 终报, 值班快报, 信息专报, 值班要情, 启动/调整/终止响应通知, 调度令, 批示办理单, 短信体, 电话口述稿. */
export const ReportKind = z.enum([
  'first',
  'follow-up',
  'final',
  'bulletin',
  'special',
  'digest',
  'response-start',
  'response-change',
  'response-end',
  'dispatch-order',
  'instruction-sheet',
  'short-message',
  'telephone-script',
])
export type ReportKind = z.infer<typeof ReportKind>
