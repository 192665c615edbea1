// Texts of SQL: how many parameters they have, whether they read, and what is refused before a driver sees it.

import { describe, expect, test } from 'vitest'
import { statement } from '../../runtime/database/statement.ts'

describe('parameters are counted', () => {
  test.each([
    ['SELECT 1', 0],
    ['SELECT ?1', 1],
    ['SELECT ?1, ?1, ?1', 1],
    ['SELECT ?2, ?1', 2],
    ['SELECT ?10, ?9, ?8, ?7, ?6, ?5, ?4, ?3, ?2, ?1', 10],
    [`SELECT '?5', "?6", \`?7\`, [?8], ?1`, 1],
    [`SELECT 'it''s ?2', "a""?3" FROM "t" WHERE "x" = ?1`, 1],
    ['SELECT ?1 -- and ?2\n, ?2', 2],
    ['SELECT ?1 -- the end ?2', 1],
    ['SELECT /* ?2 \n ?3 */ ?1', 1],
    [`SELECT '--', ?1`, 1],
    [`SELECT '/*', ?1, '*/'`, 1],
    [`SELECT ':name', "@name", '$name', ?1`, 1],
    ["SELECT strftime('%H:%M', ?1)", 1],
    [`SELECT "data" ->> '$.a' FROM "t" WHERE "id" = ?1`, 1],
    ['SELECT ?1;', 1],
    ['SELECT ?1 ; -- nothing more', 1],
    ['CREATE TRIGGER t AFTER INSERT ON a BEGIN SELECT 1; DELETE FROM b; END', 0],
    ['CREATE TEMP TRIGGER t AFTER INSERT ON a BEGIN SELECT CASE WHEN 1 THEN 2 END; SELECT 3; END;', 0],
  ])('%s has %i', (text, parameters) => {
    expect(statement(text)).toMatchObject({ text, parameters })
  })
})

describe('reads are told from writes', () => {
  test.each([
    ['SELECT 1', true],
    ['select 1', true],
    ['  -- why\n  SELECT 1', true],
    ['/* why */ SELECT 1', true],
    ['VALUES (1)', true],
    ['EXPLAIN SELECT 1', true],
    ['PRAGMA foreign_keys', true],
    ["PRAGMA table_info('t')", false],
    ['PRAGMA foreign_keys(0)', false],
    ['PRAGMA user_version (7)', false],
    ['PRAGMA user_version = 7', false],
    ['SELECT 1 = 1', true],
    ['WITH a AS (SELECT 1) SELECT * FROM a', true],
    [`SELECT 'DELETE', "INSERT", [UPDATE]`, true],
    ["SELECT replace('a', 'b', 'c')", true],
    ['SELECT deleted, updates, inserted FROM t', true],
    ['INSERT INTO t VALUES (1)', false],
    ['insert into t values (1)', false],
    ['REPLACE INTO t VALUES (1)', false],
    ['UPDATE t SET a = 1', false],
    ['DELETE FROM t', false],
    ['WITH a AS (SELECT 1) INSERT INTO t SELECT * FROM a', false],
    ['WITH a AS (SELECT 1) DELETE FROM t', false],
    ['WITH a AS (SELECT 1) REPLACE INTO t SELECT * FROM a', false],
    ['CREATE TABLE t (a)', false],
    ['DROP TABLE t', false],
    ['ALTER TABLE t ADD COLUMN a', false],
    ['BEGIN', false],
    ['COMMIT', false],
    ['VACUUM', false],
    ['ATTACH \'x\' AS "y"', false],
  ])('%s: %s', (text, reads) => {
    expect(statement(text).reads).toBe(reads)
  })
})

describe('refused', () => {
  test.each([
    ['', 'must not be empty'],
    [' \n', 'must not be empty'],
    ['-- nothing', 'must not be empty'],
    [';', 'must not be empty'],
    ['SELECT ?', 'Parameters must be numbered'],
    ['SELECT ?1, ?', 'Parameters must be numbered'],
    ['SELECT :name', ':name cannot be one'],
    ['SELECT @name', '@name cannot be one'],
    ['SELECT $name', '$name cannot be one'],
    ['SELECT ?0', '?0 is no parameter'],
    ['SELECT ?32767', '?32767 is no parameter'],
    ['SELECT ?2', 'Parameter ?1 is missing'],
    ['SELECT ?1, ?3', 'Parameter ?2 is missing between ?1 and ?3'],
    ['SELECT 1; SELECT 2', 'A statement must be alone'],
    ['SELECT 1;;', 'A statement must be alone'],
    ['; SELECT 1', 'A statement must be alone'],
    ["SELECT ';'; DROP TABLE t", 'A statement must be alone'],
    ['CREATE TRIGGER t AFTER INSERT ON a BEGIN SELECT 1; END; SELECT 2', 'A statement must be alone'],
    ['CREATE TRIGGER t AFTER INSERT ON a BEGIN SELECT CASE 1 WHEN 1 THEN 2 END; SELECT 3;', 'must have its END'],
    ['CREATE TABLE trigger (a); SELECT 1', 'A statement must be alone'],
    ['CREATE TABLE trigger (begin TEXT); DROP TABLE t', 'A statement must be alone'],
    ['BEGIN; SELECT 1', 'A statement must be alone'],
  ])('%j: %s', (text, why) => {
    expect(() => statement(text)).toThrow(why)
  })

  test('with the start of the text, not the whole of it', () => {
    const long = `SELECT ${'1, '.repeat(1000)}?`
    expect(() => statement(long)).toThrow(expect.objectContaining({ name: 'DatabaseError', kind: 'other' }))
    expect(() => statement(long)).not.toThrow(long)
  })
})
