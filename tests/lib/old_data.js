// Databases as earlier versions left them: old_data/schema_N.sql, made by old_data/make.js.

import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const folder = fileURLToPath(new URL('../old_data/', import.meta.url));

/** @returns {number[]} the schemas there are, ascending */
export const oldSchemas = () => readdirSync(folder).flatMap((name) => /^schema_(\d+)\.sql$/.exec(name)?.[1] ?? []).map(Number).sort((a, b) => a - b);

/**
 * Makes one, as if it had been written a moment ago; gives what is known of it (ids, a token, a session's cookie).
 * @param {number} schema @param {string} file that does not exist yet @returns {Record<string, string>}
 */
export function oldDatabase(schema, file) {
  const sql = readFileSync(`${folder}schema_${schema}.sql`, 'utf8');
  const now = Date.now();
  execFileSync('sqlite3', [file], { input: sql.replace(/\{\{(-?\d+)\}\}/g, (_, before) => String(now + Number(before))) });
  return JSON.parse(String(/^-- (\{.*\})$/m.exec(sql)?.[1]));
}

/** What every start adds to or renews. */
const ofTheServer = new Set(['meta', 'epochs', 'sqlite_sequence']);

/**
 * All rows of all tables, each as it stands; with `like`, only the tables and columns that are there.
 * @param {string} file @param {Record<string, any[]>} [like] @returns {Record<string, any[]>}
 */
export function rowsOf(file, like) {
  /** @param {string} sql @returns {any[]} */
  const query = (sql) => JSON.parse(execFileSync('sqlite3', ['-json', file, sql], { encoding: 'utf8', maxBuffer: 64 << 20 }) || '[]');
  const names = like ? Object.keys(like) : query("SELECT name FROM sqlite_schema WHERE type = 'table'").map(({ name }) => name).filter((name) => !ofTheServer.has(name));
  return Object.fromEntries(names.map((name) => {
    const columns = like?.[name][0] ? Object.keys(like[name][0]) : ['*'];
    return [name, query(`SELECT ${columns.map((column) => (column === '*' ? column : `"${column}"`)).join(', ')} FROM ${name} ORDER BY 1, 2`)];
  }));
}
