// Random numbers that can be drawn again: the seed is printed, and PASTILLE_SEED sets it.

/**
 * @param {import('node:test').TestContext} t
 * @returns {(below: number) => number} a whole number from 0 on
 */
export function drawing(t) {
  const seed = Number(process.env.PASTILLE_SEED ?? Date.now() % 1_000_000);
  t.diagnostic(`seed ${seed}`);
  let random = seed;
  return (below) => {
    random = (random * 1103515245 + 12345) % 2147483648;
    return Math.floor((random / 2147483648) * below);
  };
}
