// How long tests wait. What is not stuck comes long before these limits. PASTILLE_SLOW multiplies it, for a server built with sanitizers.

export const slowness = Number(process.env.PASTILLE_SLOW ?? 1);

/** @param {number} ms @returns {number} */
export const patient = (ms) => ms * slowness;

/** @param {number} ms */
export const pause = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

/**
 * Asks again and again until the answer is truthy, and gives it.
 * @template T
 * @param {() => Promise<T> | T} ask
 * @param {{within?: number, every?: number, what?: string}} [options] milliseconds
 * @returns {Promise<NonNullable<T>>}
 */
export async function until(ask, { within = 20_000, every = 25, what = 'the condition' } = {}) {
  const end = Date.now() + patient(within);
  for (;;) {
    const answer = await ask();
    if (answer) return answer;
    if (Date.now() > end) throw new Error(`${what} did not come true within ${patient(within)} ms`);
    await pause(every);
  }
}
