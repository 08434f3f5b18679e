import type { DatabaseSync } from 'node:sqlite';
import type { ChatId } from '../contract/ids';
import {
  type ChatFinding,
  type FindingRank,
  findingRanks,
  foldName,
  rankOfName,
  rankOfNumber,
} from '../domain/chat-finding';
import { statusFeed } from '../domain/chat-identity';

/** A chat that fits, and how well. */
export interface Finding {
  readonly chatId: ChatId;
  readonly rank: FindingRank;
  readonly lastActivityMs: number;
}

/** The best first, then the newest. */
export const compareFindings = (one: Omit<Finding, 'chatId'>, other: Omit<Finding, 'chatId'>): number =>
  one.rank - other.rank || other.lastActivityMs - one.lastActivityMs;

/** Looks through the names and numbers of an account's chats; the best `limit` of those that fit. */
export type ChatFinder = (finding: ChatFinding, limit: number) => readonly Finding[];

// A column comes as one text: a row for each chat takes many times as long to come out of SQLite, and folding one long text is
// faster than folding ten thousand short ones. All selects walk the table in the same order.
const oneText = (what: string): string =>
  `SELECT coalesce(group_concat(${what}, char(10)), '') AS text, count(*) AS chats FROM chats WHERE removed = 0`;

/** What fits worse than this need not be looked at: there are enough that fit as well or better. Undefined when nothing fits. */
const worstWanted = (ranks: readonly (FindingRank | undefined)[], enough: number): FindingRank | undefined => {
  const counts = new Map<FindingRank, number>();
  for (const rank of ranks) if (rank !== undefined) counts.set(rank, (counts.get(rank) ?? 0) + 1);
  let worst: FindingRank | undefined;
  let together = 0;
  for (const rank of Object.values(findingRanks)) {
    if (together >= enough || !counts.has(rank)) continue;
    worst = rank;
    together += counts.get(rank) ?? 0;
  }
  return worst;
};

interface OneText {
  readonly text: string;
  readonly chats: number;
}

export const createChatFinder = (database: DatabaseSync): ChatFinder => {
  const linesOf = (column: string, fold: (text: string) => string): (() => readonly string[]) => {
    const plain = database.prepare(oneText(column));
    const tamed = database.prepare(oneText(`replace(${column}, char(10), ' ')`));
    return () => {
      const { text, chats } = plain.get() as unknown as OneText;
      if (chats === 0) return [];
      const lines = fold(text).split('\n');
      // Hardly any has a line end in it.
      return lines.length === chats ? lines : fold((tamed.get() as unknown as OneText).text).split('\n');
    };
  };
  const asItIs = (text: string): string => text;
  const readNames = linesOf('name', foldName);
  const readPhones = linesOf("coalesce(phone, '')", asItIs);
  const readFacts = linesOf("id || ' ' || last_activity_ms", asItIs);

  const factsIn = (line: string): Omit<Finding, 'rank'> => {
    const blank = line.indexOf(' ');
    return { chatId: line.slice(0, blank) as ChatId, lastActivityMs: Number(line.slice(blank + 1)) };
  };

  /** How each of the chats fits. */
  const ranksOf = (finding: ChatFinding): readonly (FindingRank | undefined)[] => {
    const byName = readNames().map((name) => rankOfName(finding, name));
    if (finding.number === undefined) return byName;
    const phones = readPhones();
    return byName.map((rank, index) => {
      const byNumber = rankOfNumber(finding, (phones[index] ?? '').replace('+', ''));
      return byNumber === undefined || (rank !== undefined && rank < byNumber) ? rank : byNumber;
    });
  };

  return (finding, limit) => {
    const ranks = ranksOf(finding);
    const wanted = worstWanted(ranks, limit + 1);
    if (wanted === undefined) return [];
    const facts = readFacts();
    const found = ranks.flatMap((rank, index): readonly Finding[] =>
      rank === undefined || rank > wanted ? [] : [{ ...factsIn(facts[index] ?? ''), rank }],
    );
    return found
      .filter(({ chatId }) => chatId !== statusFeed)
      .sort(compareFindings)
      .slice(0, limit);
  };
};
