// How far a camera stands from the place that is asked about, in words.

type Translate = (key: string, params: Record<string, unknown>) => string

/** Metres to the ten below one kilometre, then kilometres. */
export function distanceWords(metres: number, t: Translate): string {
  if (metres < 995) return t('cameras.seeing.metres', { m: metres < 10 ? Math.round(metres) : Math.round(metres / 10) * 10 })
  return t('cameras.seeing.kilometres', { km: (metres / 1000).toFixed(1) })
}
