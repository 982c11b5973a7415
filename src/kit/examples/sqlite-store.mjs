// A Store in SQLite. Every method is one statement, so that two requests at once cannot both win.
import { DatabaseSync } from 'node:sqlite'

/** Opens a file, or `:memory:`. In another database the statements are much the same. */
export function sqliteStore(file) {
  const database = new DatabaseSync(file)
  database.exec(`pragma journal_mode = wal; create table if not exists kentei
    (key text primary key, value text not null, version integer not null, until real not null) strict`)
  const run = (sql) => {
    const statement = database.prepare(sql)
    return async (...values) => statement.all(...values)
  }
  const insert = run(`insert into kentei values (?, ?, 0, ?) on conflict (key) do update
    set value = excluded.value, version = 0, until = excluded.until where kentei.until <= ? returning key`)
  const raise = run(`insert into kentei values (?, ?, ?, 9e999) on conflict (key) do update
    set value = excluded.value, version = excluded.version where excluded.version > kentei.version returning key`)
  const write = run(`insert into kentei values (?, ?, 0, ?) on conflict (key) do update
    set value = excluded.value, version = 0, until = excluded.until`)
  const read = run('select value from kentei where key = ?')
  const remove = run('delete from kentei where key = ?')
  // this one comes after every character that a key has
  const list = run('select key, value from kentei where key >= ? and key < ? order by key limit ?')
  const forget = run('delete from kentei where until <= ?') // once a day
  return {
    insert: async (key, value, { now, until }) => (await insert(key, value, until, now)).length === 1,
    raise: async (key, value, version) => (await raise(key, value, version)).length === 1,
    write: async (key, value, { until }) => void (await write(key, value, until)),
    read: async (key) => (await read(key))[0]?.value,
    remove: async (key) => void (await remove(key)),
    list: (prefix, most) => list(prefix, `${prefix}\x7f`, most),
    forgetEnded: (now) => forget(now),
  }
}
