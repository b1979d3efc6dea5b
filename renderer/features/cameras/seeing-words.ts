// Says that no camera sees a place.
import { ElMessage } from 'element-plus'
import { t } from '../../app/i18n.ts'

export function messageNone(): void {
  ElMessage.info(t('cameras.seeing.none'))
}
