// Whether the quick line of the 值班日志 is open over whatever page is shown.
import { defineStore } from 'pinia'
import { ref } from 'vue'

export const useQuickLine = defineStore('quick-line', () => {
  const isOpen = ref(false)
  function open(): void {
    isOpen.value = true
  }
  function close(): void {
    isOpen.value = false
  }
  return { isOpen, open, close }
})
