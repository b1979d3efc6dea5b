// Names of towns as people say them, with or without 镇: 罕井 lies in 蒲城县. Pure, but for reading the table.
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'
import { syllables } from './pinyin.ts'

const Table = z.object({ note: z.string(), towns: z.record(z.string().regex(/^\d{6}$/), z.string().min(2)) })

/** A town of the table. */
export interface Town {
  /** 罕井镇, 杜桥街道. */
  name: string
  /** Without 镇, 乡, 街道. */
  bare: string
  /** Code of its county. */
  county: string
}

const ending = /(?:镇|乡|街道)$/u
/** Names that people also say for other things; they count with 镇, 乡 or 街道 behind them. */
export const alsoWords = new Set(
  `人民 平安 解放 民主 红旗 红军 东关 西关 北关 城关 东南 东大 东城 西城 城北 城南 城郊 老城 老县 旧县 新城 新场 新街 新集 新民 新兴 新合 振兴 建民 建华 大河 大王 大庄 大坪 大池 大寨 大安 大明 大杨
  小河 小村 小岭 小寨 石头 石桥 石门 石井 石柱 板桥 土桥 双桥 三桥 双河 两河 月河 洛河 沙河 黑河 黑山 甘河 水口 水沟 河口 河北 川口 江口 江北 交口 峡口 关口 流水 冷水 清水 温水 温泉 横水 响水 红土 方里 官道
  官路 学庄 电市 皇冠 长安 长城 长青 凤凰 莲花 草堂 草滩 桃园 杏林 枣园 枣林 桑园 柳林 柳树 柳枝 茶店 酒房 盐场 营盘 观音 菩提 行者 神农 古城 古塔 古渡 鼓楼 向阳 迎丰 四季 香泉 高台 高家 高桥 高峰 高川 永丰
  永兴 永乐 兴隆 老庄 老庙 庙沟 庙湾 仓上 天成 天明 天王 太平 铁厂 铁炉 纸坊 砖井 马道 车坞 棋盘 烽火 青山 青水 龙头 龙门 龙王 站南 监军 前卫 普集 招安 保安 中原 中村 中厂 东坑 三里 五里 二里 三岔 三合
  巴山 关山 华山 终南 楼观 曲江 壶口 梁山 玉山 金水 金河 平木 宋家 韩家 姬家 曾家 巨家 段家 范家 郑家 洪家 丁家`.split(/\s+/u),
)

export class TownNames {
  readonly all: readonly Town[]
  readonly #byBare: Map<string, Town[]>
  readonly #pattern: RegExp | null
  /** Of every town, worked out when first asked for by letters. */
  #letters: { town: Town; pinyin: string; initials: string }[] | null = null

  /** @param towns county code → names of its towns, parted by spaces */
  constructor(towns: Readonly<Record<string, string>>) {
    this.all = Object.entries(towns).flatMap(([county, names]) => names.split(' ').map((name) => ({ name, bare: name.replace(ending, ''), county })))
    this.#byBare = Map.groupBy(this.all, ({ bare }) => bare)
    const longestFirst = [...this.#byBare.keys()].toSorted((a, b) => b.length - a.length)
    // 红旗街道 is 红旗 and its 街道, not 红旗街 with something behind it.
    const said = longestFirst.map((bare) => (bare.endsWith('街') ? `${bare}(?!道)` : bare))
    this.#pattern = said.length === 0 ? null : new RegExp(`(${said.join('|')})(镇|乡|街道|街办|办事处)?`, 'gu')
  }

  /**
   * Towns that words name. A name alone counts from two characters, when it is no word besides.
   * @param counties codes named beside it, of counties or cities; a town elsewhere is not meant then, and without any only a name that one county has is known
   */
  inWords(words: string, counties: readonly string[]): Town[] {
    if (this.#pattern === null) return []
    const within = counties.map((code) => code.replace(/(?:00)+$/u, ''))
    const found = [...words.matchAll(this.#pattern)].flatMap(([, bare = '', end]) => {
      if (end === undefined && (bare.length < 2 || alsoWords.has(bare))) return []
      const meant = (this.#byBare.get(bare) ?? []).filter(({ county }) => within.length === 0 || within.some((prefix) => county.startsWith(prefix)))
      return new Set(meant.map(({ county }) => county)).size === 1 ? meant.slice(0, 1) : []
    })
    return [...new Set(found)]
  }

  /** By name with or without 镇, beginning of a name, pinyin or initials; best first. @param query as the search field has it */
  search(query: string): Town[] {
    const words = query.normalize('NFKC').trim().toLowerCase().replaceAll(/\s/gu, '')
    if (words.length < 2) return []
    if (/^[a-z]+$/u.test(words)) {
      this.#letters ??= this.all.map((town) => {
        const said = syllables(town.name)
        return { town, pinyin: said.join(''), initials: said.map((syllable) => syllable[0]).join('') }
      })
      return this.#letters
        .filter(({ pinyin, initials: letters }) => letters === words || (words.length >= 4 && pinyin.startsWith(words)))
        .map(({ town }) => town)
    }
    const exact = this.all.filter(({ name, bare }) => name === words || bare === words)
    return exact.length > 0 ? exact : this.all.filter(({ name }) => name.startsWith(words))
  }
}

export const noTowns = new TownNames({})

/** @param codes folder `resources/codes` @throws a ZodError when the table is not well formed */
export async function readTownNames(codes: string): Promise<TownNames> {
  return new TownNames(Table.parse(JSON.parse(await readFile(join(codes, 'towns.json'), 'utf8'))).towns)
}
