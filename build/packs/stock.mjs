// What the sample stores hold: kind, unit, amount, expiry.
import { between, seeded } from './random.mjs'

export const stockHeader = ['储备库编号', '储备库名称', '物资名称', '单位', '数量', '有效期至']
const goods = [
  ['12㎡单帐篷', '顶', 40, 300, 1800],
  ['棉被', '床', 200, 1500, 2000],
  ['折叠床', '张', 100, 800, 2500],
  ['发电机组(5kW)', '台', 2, 12, 3000],
  ['编织袋', '条', 2000, 30000, 900],
  ['救生衣', '件', 50, 400, 1100],
  ['防毒面具(全面罩)', '具', 10, 120, 600],
  ['饮用水(24瓶/箱)', '箱', 50, 600, 240],
  ['方便食品', '箱', 50, 400, 150],
]

/** @param {(string | number)[][]} stores rows of the ledger of stores @returns {(string | number)[][]} */
export function stock(stores) {
  const next = seeded(20260902)
  return stores.flatMap((store) =>
    goods
      .filter(() => next() < 0.75)
      .map(([item, unit, low, high, days]) => [
        store[0] ?? '',
        store[1] ?? '',
        String(item),
        String(unit),
        between(next, Number(low), Number(high)),
        `{{date+${between(next, 10, Number(days))}}}`,
      ]),
  )
}
