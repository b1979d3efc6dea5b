// Pinyin of Chinese names for search: syllables and initials, with the local readings of place names.
import { customPinyin, pinyin } from 'pinyin-pro'

// What a general dictionary gets wrong in Shaanxi: 堡 is bǔ in 吴堡 and 瓦窑堡, 都 is dū in 秦都, 柞 is zhà in 柞水, 华 is huà in 华州, 华阴, 华山.
customPinyin({
  吴堡: 'wú bǔ',
  瓦窑堡: 'wǎ yáo bǔ',
  秦都: 'qín dū',
  柞水: 'zhà shuǐ',
  华州: 'huà zhōu',
  华阴: 'huà yīn',
  华山: 'huà shān',
  鄠邑: 'hù yì',
  佛坪: 'fó píng',
  子长: 'zǐ cháng',
  岚皋: 'lán gāo',
  大荔: 'dà lì',
  栎阳: 'yuè yáng',
  盩厔: 'zhōu zhì',
  漫川关: 'màn chuān guān',
})

/** `吴堡县` → `['wu', 'bu', 'xian']`; ü is v (略阳 → `lve yang`); Latin letters and digits stand one by one, lower case; anything else is left out. */
export function syllables(name: string): string[] {
  return pinyin(name.normalize('NFKC'), { toneType: 'none', type: 'array', v: true, nonZh: 'spaced' })
    .map((syllable) => syllable.toLowerCase().trim())
    .filter((syllable) => /^[a-z0-9]+$/.test(syllable))
}

/** `临渭区` → `lwq` */
export function initials(name: string): string {
  return syllables(name)
    .map((syllable) => syllable[0] ?? '')
    .join('')
}
