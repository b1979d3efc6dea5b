// The symbols of GB/T 35649-2017 we can draw: code, words of the lower quarter, and an own glyph or one Han character in its place.

export interface SymbolFace {
  /** Two to four characters of the lower quarter; the class C of the standard has none, ours has its short name for the list. */
  label: string
  /** SVG path in a box 24 wide and 18 high; null = `letter` stands in its place. */
  path: string | null
  letter: string
}

const paths = {
  wave: 'M2 6c3-4 6-4 9 0s7 4 11 0v3c-4 4-8 4-11 0S5 5 2 9zM2 12c3-4 6-4 9 0s7 4 11 0v3c-4 4-8 4-11 0s-6-4-9 0z',
  quake: 'M1 9h5l2-6 4 13 3-10 2 3h6v2h-7l-1-2-3 10L8 8l-1 3H1z',
  slide: 'M2 16 10 3l4 6 2-3 6 10zM5 16h6l-2-4z',
  flame: 'M12 1c1 4 6 6 6 11a6 5.5 0 0 1-12 0c0-3 2-4 3-6 1 1 1 2 1.5 3C12 7 12.5 4 12 1z',
  tree: 'M12 1l5 6h-3l4 5h-5v5h-2v-5H6l4-5H7z',
  drum: 'M6 2h12v3h-1v8h1v3H6v-3h1V5H6zm3 4v2h6V6zm3 3-2 3h4z',
  pick: 'M3 6C8 1 16 1 21 6l-1 2c-2-2-4-3-6-3l-1 12h-2L10 5C8 5 6 6 4 8z',
  car: 'M3 12l2-1 2-5h10l2 5 2 1v3h-2a2 2 0 0 1-4 0H9a2 2 0 0 1-4 0H3zm5-4-1 3h4V8zm5 0v3h4l-1-3z',
  ship: 'M11 2h2v3h4v4h4l-3 6H6L3 9h4V5h4z',
  train: 'M6 2h12v11l-2 1 2 3h-2l-2-2h-4l-2 2H6l2-3-2-1zm2 2v4h8V4zm1 6v2h2v-2zm4 0v2h2v-2z',
  plane: 'M11 2c0-1 2-1 2 0v5l8 4v2l-8-2v3l2 2v1l-3-1-3 1v-1l2-2v-3l-8 2v-2l8-4z',
  pipe: 'M2 6h3v2h6V6H9V4h6v2h-2v2h6V6h3v8h-3v-2H5v2H2z',
  cross: 'M9 2h6v4h5v6h-5v4H9v-4H4V6h5z',
  flag: 'M5 1h2v1h12l-4 4 4 4H7v7H5z',
  person: 'M12 2a3 3 0 1 1 0 6 3 3 0 0 1 0-6zM6 16c0-5 3-7 6-7s6 2 6 7z',
  truck: 'M2 4h11v8H2zm12 3h4l4 3v4h-2a2 2 0 0 1-4 0h-6a2 2 0 0 1-4 0H2v-1h12z',
  store: 'M12 1l10 5v11h-3V9H5v8H2V6zM7 11h10v2H7zm0 3h10v2H7z',
  tent: 'M12 2l10 14h-7l-3-6-3 6H2z',
  school: 'M12 1 22 6 12 11 2 6zm-6 8 6 3 6-3v4c-3 3-9 3-12 0z',
  star: 'M12 1l2.5 5.5 6 .5-4.5 4 1.5 6-5.5-3.200L6.5 17 8 11 3.5 7l6-.5z',
  bolt: 'M13 1 5 10h5l-2 7 9-10h-5z',
  tower: 'M11 5h2l4 12h-2l-1-3h-4l-1 3H7zm0 6-1 2h4l-1-2zM8 2c-2 2-2 4 0 6L7 9C4 6 4 3 7 1zm8 0c2 2 2 4 0 6l1 1c3-3 3-6 0-8z',
  virus:
    'M11 2h2v2a5 5 0 0 1 4 3l2-1 1 2-2 1a5 5 0 0 1-1 4l2 2-1 1-2-1a5 5 0 0 1-3 1v2h-2v-2a5 5 0 0 1-3-1l-2 1-1-1 2-2a5 5 0 0 1-1-4L4 8l1-2 2 1a5 5 0 0 1 4-3zm-1 5v2h2V7zm3 3v2h2v-2z',
}

function face(label: string, path: string | null, letter = label.slice(0, 1)): SymbolFace {
  return { label, path, letter }
}

/** By code; GB/T 35649-2017 Annex A as listed in `protocols.md` §I. Glyphs are ours: the standard's artwork is not public. */
export const symbolFaces: Record<string, SymbolFace> = {
  A10100: face('水旱', paths.wave),
  A10200: face('气象', null, '风'),
  A10300: face('地震', paths.quake),
  A10400: face('地质', paths.slide),
  A10500: face('海洋', paths.wave),
  A10600: face('森林火灾', paths.tree),
  A10700: face('草原火灾', paths.flame),
  A20100: face('煤矿', paths.pick),
  A20200: face('金属矿山', paths.pick),
  A20300: face('建筑业', null, '建'),
  A20400: face('危化品', paths.drum),
  A20500: face('民爆', null, '爆'),
  A20600: face('火灾', paths.flame),
  A20700: face('道路交通', paths.car),
  A20800: face('水上', paths.ship),
  A20900: face('铁路', paths.train),
  A21000: face('轨道', paths.train),
  A21100: face('民航', paths.plane),
  A21200: face('特种设备', null, '特'),
  A21300: face('公用设施', paths.pipe),
  A21400: face('环境污染', null, '污'),
  A21500: face('农机', null, '农'),
  A21600: face('踩踏', paths.person),
  A30100: face('传染病', paths.virus),
  A30200: face('食品药品', null, '食'),
  A30300: face('群体中毒', null, '毒'),
  A30400: face('动物疫情', null, '疫'),
  A40100: face('金融', null),
  A40200: face('信息安全', null),
  A40300: face('恐怖袭击', null),
  A40400: face('核辐射', null),
  A40500: face('大规模集会', null, '众'),
  B10100: face('生产安全', null, '危'),
  B10200: face('运输安全', paths.truck),
  B10300: face('环境污染', null, '污'),
  C10100: face('党政', paths.star),
  C10200: face('学校', paths.school),
  C10300: face('广播', paths.tower),
  C10400: face('聚集', paths.person),
  C10500: face('金融', null),
  C10600: face('重要场所', null, '要'),
  C20100: face('铁路', paths.train),
  C20200: face('水运', paths.ship),
  C20300: face('民航', paths.plane),
  C20400: face('通讯', paths.tower),
  C20500: face('水利', paths.wave),
  C20600: face('电力', paths.bolt),
  C20700: face('油气', paths.pipe),
  D10100: face('现场指挥', paths.flag),
  D10200: face('机构', paths.flag),
  D20100: face('军队', paths.person),
  D20200: face('武警', paths.person),
  D20300: face('警察', paths.person),
  D20400: face('救援队', paths.person),
  D30100: face('储备库', paths.store),
  D40100: face('场站', paths.truck),
  D40200: face('救援车', paths.truck),
  D50100: face('医疗', paths.cross),
  D50200: face('疾控', paths.virus),
  D60100: face('避难所', paths.tent),
}

/** What a code is drawn as; an unknown code gets its class frame and a question mark, so that nothing vanishes. */
export function faceOf(code: string): SymbolFace {
  return symbolFaces[code] ?? symbolFaces[`${code.slice(0, 4)}00`] ?? face('未知', null, '?')
}
