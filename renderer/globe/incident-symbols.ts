// Which sign of GB/T 35649 stands for which class of event.
/** Symbols of GB/T 35649 by sub-class of the shipped code table; a type without one is a dot. */
const symbols: Record<string, string> = {
  '11A': 'A10100',
  '11B': 'A10200',
  '11C': 'A10300',
  '11D': 'A10400',
  '11E': 'A10500',
  '11G': 'A10600',
  '12A': 'A20100',
  '12B': 'A20200',
  '12C': 'A20300',
  '12D': 'A20400',
  '12E': 'A20500',
  '12G': 'A20600',
  '12H': 'A20700',
  '12J': 'A20800',
  '12K': 'A20900',
  '12L': 'A21000',
  '12M': 'A21100',
  '12N': 'A21200',
  '13A': 'A30100',
  '13B': 'A30200',
  '13C': 'A30300',
  '13E': 'A30400',
}

/** null = a dot. */
export function symbolOfType(typeCode: string | null): string | null {
  return symbols[typeCode?.slice(0, 3) ?? ''] ?? null
}
