// Builds the page: words, rows, addresses, components; then shows it.
import { VueQueryPlugin } from '@tanstack/vue-query'
import ElementPlus from 'element-plus'
import 'element-plus/dist/index.css'
import 'element-plus/theme-chalk/dark/css-vars.css'
import { createPinia } from 'pinia'
import { createApp } from 'vue'
import App from './App.vue'
import { i18n } from './i18n.ts'
import { queryClient } from './queries.ts'
import { addFeatureRoutes } from './rail.ts'
import { router } from './router.ts'
import './theme.css'
import './paper.css'

addFeatureRoutes()

createApp(App).use(createPinia()).use(VueQueryPlugin, { queryClient }).use(i18n).use(ElementPlus).use(router).mount('#page')
