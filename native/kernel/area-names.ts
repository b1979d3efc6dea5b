// Names of areas as people say them.

const suffix = /(?:特别行政区|自治[区州县]|[省市县区旗])$/u

/** 华州区 → 华州; a name without such an ending stays as it is. */
export function bareAreaName(name: string): string {
  return name.replace(suffix, '')
}
