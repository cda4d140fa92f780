// What the server says of itself, of one that was started with metrics_listen 127.0.0.1:0.

/** @param {import('./server.js').Server} server @param {string} name of a metric without labels @returns {Promise<number>} */
export async function metric(server, name) {
  const address = /metrics.*?(127\.0\.0\.1:\d+)/i.exec(server.lines.join('\n') + server.log)?.[1];
  const text = await (await fetch(`http://${address}/metrics`)).text();
  const value = new RegExp(`^${name} (\\S+)$`, 'm').exec(text)?.[1];
  if (value === undefined) throw new Error(`there is no metric ${name}`);
  return Number(value);
}
