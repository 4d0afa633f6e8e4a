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
  {
    id: "0004-reminders",
    statements: [
      `create table reminders (
        id text primary key,
        person text not null,
        number integer not null,
        door text not null,
        place text not null,
        is_private integer not null,
        direct_door text not null,
        direct_place text not null,
        direct_private integer not null,
        label text,
        partner text,
        start_local text not null,
        rule text,
        zone text not null,
        ends text not null,
        skips text not null,
        skips_holidays integer not null,
        state text not null,
        paused_until text,
        why text,
        next_local text,
        next_ms bigint,
        version integer not null,
        before text,
        resumes text,
        sent integer not null,
        unanswered integer not null,
        is_asked integer not null,
        since_ms bigint not null,
        changed_ms bigint not null
      )`,
      "create index reminders_due on reminders (next_ms, id) where next_ms is not null",
      "create index reminders_person on reminders (person)",
      `create unique index reminders_number on reminders (person, number)
        where state <> 'ended' and state <> 'deleted'`,
      "create index reminders_state on reminders (state, since_ms)",
      "create index reminders_before on reminders (changed_ms) where before is not null",
    ],
  },
  {
    id: "0005-occurrences",
    statements: [
      `create table occurrences (
        id text primary key,
        reminder text not null,
        person text not null,
        kind text not null,
        due_local text not null,
        due_ms bigint not null,
        missed integer not null,
        door text not null,
        place text not null,
        is_private integer not null,
        state text not null,
        ready_ms bigint,
        fence integer not null,
        began_ms bigint,
        tried_ms bigint,
        cancelled integer not null,
        main text,
        speaks integer not null,
        saved text,
        at_ms bigint,
        said text,
        said_ms bigint
      )`,
      "create index occurrences_ready on occurrences (door, ready_ms, due_ms, id) where ready_ms is not null",
      "create index occurrences_place on occurrences (door, place, due_ms, id) where ready_ms is not null",
      "create unique index occurrences_sending on occurrences (door, place) where state = 'sending'",
      "create index occurrences_unknown on occurrences (state) where state = 'unknown'",
      "create index occurrences_main on occurrences (main) where main is not null",
      "create index occurrences_person on occurrences (person)",
      "create index occurrences_at on occurrences (at_ms) where at_ms is not null",
    ],
  },
  {
    id: "0006-people",
    statements: [
      "create table people (person text primary key, zone text, done_ms bigint)",
      `create table saved (
        person text not null,
        entry text not null,
        at_ms bigint not null,
        position integer not null,
        primary key (person, entry)
      )`,
    ],
  },
  {
    id: "0007-conversations",
    statements: [
      `create table conversations (
        tenant text not null,
        conversation text not null,
        person text,
        service_url text not null,
        bot text not null,
        zone text,
        at_ms bigint not null,
        primary key (tenant, conversation)
      )`,
      "create index conversations_person on conversations (person) where person is not null",
      "create index conversations_newest on conversations (tenant, at_ms)",
      "create table answers (id text primary key, entries text not null, at_ms bigint not null)",
      "create index answers_at_ms on answers (at_ms)",
    ],
  },
];
