/** The tables, one step after another. A step that has been released is never changed: what comes later is a new step. */

/** One step. `statements` run in order, on both engines, all of them or none. */
export type Migration = { readonly id: string; readonly statements: readonly string[] };

/** Every step, oldest first. */
export const migrations: readonly Migration[] = [
  {
    id: "0001-seen",
    statements: [
      `create table seen (
        id text primary key,
        state text not null,
        owner text not null,
        until_ms bigint not null,
        at_ms bigint not null
      )`,
      "create index seen_at_ms on seen (at_ms)",
    ],
  },
  {
    id: "0002-installs",
    statements: [
      `create table installs (
        platform text not null,
        workspace text not null,
        sealed text not null,
        updated_ms bigint not null,
        primary key (platform, workspace)
      )`,
    ],
  },
  {
    id: "0003-feedback",
    statements: [
      `create table feedback (
        person text not null,
        place text not null,
        entries text not null,
        vote text not null,
        reason text,
        at_ms bigint not null,
        primary key (person, place)
      )`,
    ],
  },
];
