// Which tables of a database are a machine's own: they are empty in a snapshot, and whoever takes one over keeps its own rows.

/** Secrets, working memory of forms, what was told to whom, which station this is. */
export const machineTables = [
  'conference_kept',
  'form_drafts',
  'importJobs',
  'importRows',
  'incident_drafts',
  'journal_erased_files',
  'journal_held',
  'journal_incarnations',
  'journal_number_use',
  'layer_views',
  'link_budgets',
  'link_held',
  'link_paired',
  'report_copied',
  'report_typed',
  'secret_accounts',
  'secret_cameras',
  'secret_display_devices',
  'secret_layers',
  'secret_sessions',
  'wall_pairings',
  'wall_schedule_turns',
] as const
