// What the desk says of what it did: a switch and who is late, a refusal with its next step.
import { ElMessage, ElMessageBox } from 'element-plus'
import type { SwitchResult, WallStanding } from '../../../native/contract/index.ts'
import { errorWords } from '../../app/errors.ts'
import type { Translate } from '../../ui/time-words.ts'

export async function sayIfRefused(work: () => Promise<unknown>): Promise<void> {
  try {
    await work()
  } catch (error) {
    const words = errorWords(error)
    ElMessage.error(`${words.what} ${words.next}`)
  }
}

export function saySwitched({ late, absent }: SwitchResult, walls: readonly WallStanding[], t: Translate): void {
  // Every wall has a 1-1.
  const screens = walls.flatMap((wall) => wall.screens.map(({ id, name }) => ({ id, name: walls.length > 1 ? `${wall.name} ${name}` : name })))
  const names = (ids: readonly string[]) => screens.flatMap(({ id, name }) => (ids.includes(id) ? [name] : [])).join(t('app.listSeparator', {}))
  if (late.length > 0) ElMessage.warning({ message: t('wall.late', { screens: names(late) }), duration: 10_000, showClose: true })
  else if (absent.length > 0) ElMessage.warning(t('wall.absent', { screens: names(absent) }))
  else ElMessage.success(t('wall.switched', {}))
}

/** @returns whether the person is sure */
export function asked(text: string, title: string): Promise<boolean> {
  return ElMessageBox.confirm(text, title, { type: 'warning' }).then(
    () => true,
    () => false,
  )
}
