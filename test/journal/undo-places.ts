/** SQL that makes an SQLite journal into one of a gateway that kept no places yet; its documents are to be edited besides. */
export const undoPlaces = `
  drop table shared_lists; drop table leases; alter table tasks drop column replica; drop table store_writers;
  drop table task_places; drop table audit_places;
  drop index tasks_by_asker; alter table tasks drop column asked_by; alter table audit_entries drop column site_name;
  delete from kysely_migration where name >= '0005-places';
`
