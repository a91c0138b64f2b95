/** More than any number of distinct n-grams, so that an n-gram and a token fit into one number. */
const BASE = 2 ** 26;

/** Numbers for n-grams. */
export interface NgramNumbers {
  /**
   * For each order 1 … `orders`, the number of the n-gram that starts at each place of a text. Numbers of one order count from 0.
   *
   * @param known whether n-grams that were not met before stay out and get -1
   */
  of(tokens: readonly number[], known?: boolean): number[][];
  /** How many n-grams of an order have a number. */
  size(order: number): number;
}

/**
 * Numbers n-grams of tokens in the order in which they are met. An n-gram is known by the number of its first n-1 tokens and its last token, so
 * that each is one look-up, however long.
 */
export function ngramNumbers(orders: number): NgramNumbers {
  const levels = Array.from({ length: orders }, () => new Map<number, number>());
  return {
    of(tokens, known = false) {
      const numbers: number[][] = [];
      for (let order = 1; order <= orders; order++) {
        const level = levels[order - 1]!;
        const shorter = numbers[order - 2];
        const row: number[] = [];
        for (let start = 0; start + order <= tokens.length; start++) {
          const prefix = shorter ? shorter[start]! : 0;
          const key = prefix * BASE + tokens[start + order - 1]!;
          let number = prefix < 0 ? -1 : (level.get(key) ?? -1);
          if (number < 0 && !known) {
            number = level.size;
            level.set(key, number);
          }
          row.push(number);
        }
        numbers.push(row);
      }
      return numbers;
    },
    size: (order) => levels[order - 1]!.size,
  };
}
