// Every dataset of the program, gathered from its features.
import type { Datasets } from './dataset.ts'

export const datasets: Datasets = {}
