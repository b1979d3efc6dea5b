// What a report speaks of besides the kind of event: kinds of place, vehicles and machines, substances, what befell people; callers and desks have different words for one thing. Pure.

import { agreement } from './roads.ts'

/** Facets are compared each with itself: a coach is no lorry, but a coach and a bridge may both be in it. */
export type Facet = 'deed' | 'site' | 'thing' | 'substance' | 'harm'

// One line a topic, its words parted by spaces. 医院 is no site: people are taken there.
const said: Record<Facet, string> = {
  deed: `
    起火 着火 失火 火灾 烧起来 烧着 火苗 火情 冒烟 浓烟 黑烟 自燃 扑灭 明火 大火 点着 着了 烧穿 半边天 往上蹿 火线 火场 过火 冒火 火光 燃烧 火势 余火 山火 引燃 窜火 复燃 灭火
    爆炸 炸了 爆燃 闪爆 巨响 轰的一声 蘑菇云 崩了 爆裂 震碎 一声响 火球
    泄漏 外泄 漏了 漏气 跑气 气味 刺鼻 刺激性 味道 怪味 臭鸡蛋 尿骚味 氨味 冲料 挖断 挖破 呲 关阀 冒黄烟 泄露 漏液 漏油 漏出 渗出 冒白烟 白雾 酸雾 呛人 溢出 外溢 喷出 逸出 跑冒
    侧翻 侧倒 翻倒 翻进 翻下 翻在 翻扣 仰翻 栽进 翻了 翻到 翻车 翻沟 躺在路上 罐车翻
    追尾 对撞 连撞 连环 碰撞 撞车 撞人 撞树 相撞 撞一起 撞一块 撞到一块 连环撞 撞上 撞了 相碰 多车 剐蹭
    车祸 交通事故 事故车 高速事故 路上事故
    坠落 坠下 坠桥 坠楼 坠井 摔下 冲下 掉下去 坠沟
    滑坡 滑体 垮坡 溜坡 土方 隐患点 坡面 滑下来 滑了 山塌 山下来 泥巴下来 后山 后坡 山垮 山体 崩塌 边坡
    塌方 塌料 塌落
    塌陷 塌了半边 大坑
    落石 石头 滚石
    泥石流
    山洪 涨水 发大水 水毁 冲毁 进水 被淹 淹了 全淹 全是水 漫堤 上街 超警戒 超保证 河水 冲断 冲走 洪水 洪峰 水位 淹没 水淹 漫过 漫水 过水 漫溢 倒灌 灌进 暴涨 围困
    积水 水深 车淹 淹到 泡了 灌水 车库进水 地库 内涝 泡水 熄火
    管涌 翻砂 冒水 渗漏 渗水 决口 漫坝
    冒顶 片帮 顶板 垮落
    透水 突水 涌水 淹井 出水 水害
    溺水 野泳 游泳 没上来 下河 打捞 捞上来 落水 掉水里 冲走
    沉了 沉船 渡船进水 翻船 船翻
    呕吐 恶心 腹痛 腹泻 拉肚子 吐了 肚子疼 吃坏 吃出毛病 食源性 食物中毒
    煤烟 煤炉 炭火 熏着 一氧化碳
    困人 电梯故障 被困电梯 卡在电梯 困在电梯 电梯停 停在
    踩踏
    倒塌 垮塌 坍塌 楼塌 塌了一角 塌了 压塌 倒了 砸到 坍了 塌下来 垮下来 压在下面 砸中 倾倒 脱落
    停电 断电 倒杆 失电 跳闸 母线 停运 线路故障 没电了
    爆管 漏水 自来水管 水管爆 水管
    走失 失联游客 驴友 迷路 崴脚
    地震 余震 晃得 在摇
    污染 死鱼 很多鱼 发黑 偷排
    水痘 流感 发热
    触电
    溜车`,
  site: `
    花炮厂 花炮 烟花 爆竹 鞭炮
    化工厂 涂料厂 油漆厂 树脂厂 制药 气体公司 充装站 化工 化肥厂 农药厂 精细化工 化工公司 焦化厂 染料厂 厂子 工厂 车间 厂房 厂区 砖厂 酒厂 纸厂 造纸厂 面粉厂 药厂 兰炭厂 水泥厂 钢厂 电镀厂 我厂 工业园 化工园 岗位
    煤矿 煤业 矿上 井下 下井 升井 掘进面 综采面 采面 巷道 矿山
    尾矿库 尾砂 坝上排洪管
    冷库 冷链 制冷 屠宰 食品厂 冷饮厂
    仓库 批发城 仓储 料场 快递 库房 堆垛 物流园
    小区 居民楼 住户 阳台 单元 号楼 公寓 家属院 出租屋 民房 家园 楼下 楼上 住宅 我家
    小学 中学 学校 学生 家长 班上 孩子 同学 老师 校园 教育局 校门
    幼儿园
    大学 学院 实验室 宿舍
    酒店 宾馆 婚宴 酒席 吃席 吃完席 过事 待客 席面 旅馆
    饭店 火锅店 面馆 餐馆 餐厅 饭馆 烧烤店 后厨
    市场 商户 摊位 商场 超市 商城 店铺 商铺 门面
    工地 施工 脚手架 塔吊 基坑 项目部 吊篮 临建房
    高速 服务区 收费站 匝道 双向断流
    国道 省道 县道 乡道 公路 边坡
    隧道 隧洞 支洞 掌子面 洞内 洞里
    大桥 立交桥 立交
    下穿通道 桥洞 涵洞
    河堤 堤坝 河水 漫堤 河里 管涌 河边
    水库 大坝 坝坡
    街道 街区 镇上 上街 街上
    村里 后山 样例村 村支书 村干部 村民
    林场 林区 护林员 山上 峪 过火 火场 火线 松林 森林 扑火
    麦地 麦茬 地头 荒草 果园 秸秆 农田
    景区 游客 索道 缆车 登山
    加油站 加气站 油库
    养老院 敬老院 福利院
    车站 站台 地铁 列车 火车
    变电站 停电 断电
    取水口 水源 停水
    渡口 码头
    广场 公园 体育馆
    KTV 网吧 影院 歌厅
    养殖场 沼气池`,
  thing: `
    大巴 中巴 班车 客运 客车 大客 旅游车
    公交
    货车 卡车 重卡 拉煤车 皮卡 大车 半挂 大货 挂车 渣土车
    罐车 槽罐 危险品车 罐体 槽车 油罐车 危化品车 拉硫酸 拉甲醇
    小车 轿车 私家车 出租车
    三轮 农用车 拖拉机
    摩托 电动车 电瓶车 车棚
    校车
    渡船 船沉 沉船 翻船 船上 条船 采砂船
    电梯 轿厢
    塔吊
    吊篮
    锅炉
    反应釜 冲料
    储罐 罐区 库房管道 氨罐
    皮带
    燃气 天然气 煤气管 煤气罐 液化气
    护栏 栏杆
    围墙
    挖掘机 铲车
    索道 缆车
    高压线 电线
    柴堆 柴垛
    绿化带
    粮囤
    阳台
    楼道
    厨房 后厨
    摊位
    堆垛
    麦地 麦茬 荒草
    天然气柜 煤气柜
    炉缸 高炉
    水管 自来水
    公交站台 顶棚
    面包车`,
  substance: `
    氯气 液氯 跑氯 漏氯
    氨气 液氨 氨味 氨水 尿骚味
    甲醇
    硫酸
    盐酸
    硝酸
    硫化氢 臭鸡蛋
    汽油 柴油 油罐
    苯 甲苯 粗苯
    一氧化碳 煤烟
    粉尘 面粉`,
  harm: `
    被困 受困 围困 困住 困人 困在 关了 卡住 出不来 下不来 卡在
    被埋 埋了 埋压 埋人 压了 挖出 埋里面
    失联 找不到 没出来 没上来 下落不明 联系不上 失踪 打电话没人接
    烧伤 烫伤 灼伤
    中毒 吸入 呛 睁不开眼 昏迷
    呕吐 腹泻 拉肚子 吐了 肚子疼 就诊 不适
    溺水 落水 呛水 漂着
    死亡 遇难 无生命体征 死了`,
}

interface Topic {
  name: string
  words: RegExp
}

const topics = Object.fromEntries(
  Object.entries(said).map(([facet, lines]) => [
    facet,
    lines
      .trim()
      .split('\n')
      .map((line) => line.trim().split(' '))
      .map((words): Topic => ({ name: words[0] ?? '', words: new RegExp(words.join('|'), 'u') })),
  ]),
) as Record<Facet, Topic[]>

/** @returns by facet the first word of each topic that the words speak of */
export function topicsIn(words: string): Record<Facet, string[]> {
  const found = (facet: Facet) => topics[facet].filter((topic) => topic.words.test(words)).map(({ name }) => name)
  return { deed: found('deed'), site: found('site'), thing: found('thing'), substance: found('substance'), harm: found('harm') }
}

// One may be told as the other, bring it about, or lie within it: neither speaks against the other.
const friends = (
  '爆炸 起火,爆炸 倒塌,爆炸 泄漏,泄漏 侧翻,泄漏 追尾,泄漏 起火,侧翻 追尾,侧翻 坠落,追尾 起火,追尾 坠落,侧翻 起火,山洪 泥石流,山洪 积水,山洪 滑坡,滑坡 泥石流,滑坡 落石,滑坡 倒塌,' +
  '倒塌 塌陷,倒塌 冒顶,起火 煤烟,溺水 沉了,管涌 山洪,停电 山洪,爆管 塌陷,泄漏 呕吐,' +
  '仓库 化工厂,仓库 市场,冷库 化工厂,高速 隧道,高速 大桥,国道 隧道,国道 大桥,国道 林场,国道 村里,村里 林场,村里 河堤,村里 麦地,村里 水库,街道 河堤,街道 市场,街道 小区,小区 市场,' +
  '工地 小区,工地 隧道,酒店 饭店,林场 景区,林场 麦地,下穿通道 街道,饭店 市场'
)
  .split(',')
  .map((pair) => pair.split(' '))

/** `related`: different topics that go together; `none`: nothing to tell by. */
export type Likeness = 'same' | 'related' | 'other' | 'none'

/** One word for several: who says 车祸 may mean each of them. */
const wider: Record<string, readonly string[]> = { 车祸: ['侧翻', '追尾', '坠落'], 塌方: ['滑坡', '倒塌', '冒顶', '落石'], 倒塌: ['冒顶'] }
const widened = (topics: readonly string[], other: readonly string[]) =>
  topics.flatMap((one) => [one, ...(wider[one]?.filter((narrower) => other.includes(narrower)) ?? [])])

export function topicLikeness(ours: readonly string[], theirs: readonly string[]): Likeness {
  const [left, right] = [widened(ours, theirs), widened(theirs, ours)]
  const compared = agreement(left, right)
  if (compared !== -1) return compared === 1 ? 'same' : 'none'
  const goTogether = friends.some(
    ([one = '', other = '']) => (left.includes(one) && right.includes(other)) || (left.includes(other) && right.includes(one)),
  )
  return goTogether ? 'related' : 'other'
}

/** Names of towns, the two characters before the ending; a village lies within one and does not contradict it. @param bare the words without names of areas */
export function townsIn(bare: string): string[] {
  const names = [...bare.replaceAll('样例', ' ').matchAll(/(?<name>\p{Script=Han}{2})(?:镇|乡|街道|街办|办事处)(?!口|级|路)/gu)]
  return [...new Set(names.map(({ groups }) => groups?.['name'] ?? '').filter((name) => !/[一二三四五六七八九十各全本我这那个在到所]/u.test(name)))]
}

const named =
  /(?<kind>[\p{Script=Han}]{1,2})(?:厂|公司|煤业|矿业|煤矿|城|店|馆|小区|家园|花园|市场)|(?<whole>小学|中学|大学|高中|幼儿园|驾校|医院|家园|花园|广场|巷子|工地|社区)/gu
const noKind = /[我你他这那个家在是有的半全到了厂]/u

/** @param bare the words without names of areas @returns what its works, shops and schools are told apart by: 焦化, 面条, 小学 */
export function kindsIn(bare: string): string[] {
  const kinds = [...bare.replaceAll('样例', ' ').matchAll(named)].map(({ groups }) => groups?.['kind'] ?? groups?.['whole'] ?? '')
  return [...new Set(kinds.filter((kind) => kind !== '医院' && !noKind.test(kind)))]
}
