import { DatabaseSync } from 'node:sqlite';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { chatWordOf, searchExpression } from '../../../electron/domain/search-words';

describe('what a person types to search', () => {
  it('looks for all the words, the last one as a beginning', () => {
    expect(searchExpression('  blue chairs  now', undefined)).toBe(
      'body : ("blue" AND "chairs" AND "now" *) NOT chat : "statusxbroadcast"',
    );
  });

  it('looks in one chat by one more word', () => {
    expect(searchExpression('blue', chatWordOf('1203630-1@g.us'))).toBe(
      'body : ("blue" *) AND chat : "1203630x1xgxus"',
    );
  });

  it.each(['', '   ', '👍', '" " \'', '-- ;', '*'])(
    'is nothing to look for when it holds no letter or digit: %j',
    (query) => {
      expect(searchExpression(query, undefined)).toBeUndefined();
    },
  );

  it('is never syntax of the search, whatever it holds', () => {
    const database = new DatabaseSync(':memory:');
    database.exec('CREATE VIRTUAL TABLE words USING fts5(body, chat)');
    const find = database.prepare('SELECT rowid FROM words WHERE words MATCH ?');
    const hostile = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc
        .array(
          fc.constantFrom(
            'a',
            '"',
            '*',
            'OR',
            'NOT',
            'NEAR(',
            ')',
            '(',
            '{',
            'body:',
            '^',
            '-',
            '\u0000',
            ' ',
            '\\',
            ':',
          ),
        )
        .map((parts) => parts.join('')),
    );
    fc.assert(
      fc.property(hostile, (query) => {
        const expression = searchExpression(query, 'chat');
        if (expression !== undefined) find.all(expression);
      }),
      { numRuns: 500 },
    );
    database.close();
  });
});
