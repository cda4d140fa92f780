// The two contracts, read once, and the validators made of them.

import { readFileSync } from 'node:fs';
import { Ajv2020 } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import { parse } from 'yaml';

/** @param {string} name */
const read = (name) => parse(readFileSync(new URL(`../../api/${name}`, import.meta.url), 'utf8'));

export const openapi = read('openapi.yaml');
export const asyncapi = read('asyncapi.yaml');

const OPENAPI = 'https://contract.invalid/openapi.yaml';
const ASYNCAPI = 'https://contract.invalid/asyncapi.yaml';

const ajv = new Ajv2020({ strict: false, allErrors: true, validateSchema: false });
addFormats.default(ajv);
ajv.addSchema(openapi, OPENAPI);
ajv.addSchema(asyncapi, ASYNCAPI);

/** @param {string} text */
const escaped = (text) => text.replaceAll('~', '~0').replaceAll('/', '~1').replaceAll('%', '%25');

/** @type {Map<string, import('ajv').ValidateFunction>} */
const compiled = new Map();

/**
 * @param {string} ref absolute reference of a schema
 * @param {unknown} value
 * @returns {string | null} what is wrong
 */
function fault(ref, value) {
  const validate = compiled.get(ref) ?? ajv.compile({ $ref: ref });
  compiled.set(ref, validate);
  return validate(value) ? null : ajv.errorsText(validate.errors, { dataVar: '' });
}

/**
 * @typedef {object} Operation
 * @property {string} id
 * @property {string} method upper case
 * @property {string} path template, as `/statuses/{id}`
 * @property {string} base `/api/v1`, or empty at the root
 * @property {any} spec the operation object
 */

/** @type {Map<string, Operation>} */
export const operations = new Map();
/** @type {{path: string, base: string, allow: string[]}[]} */
export const resources = [];
for (const [path, item] of Object.entries(openapi.paths)) {
  const base = item.servers ? '' : openapi.servers[0].url;
  resources.push({ path, base, allow: item['x-allow'] });
  for (const method of ['get', 'put', 'post', 'patch', 'delete']) {
    const spec = item[method];
    if (spec) operations.set(spec.operationId, { id: spec.operationId, method: method.toUpperCase(), path, base, spec });
  }
}

/** @param {string} id @returns {Operation} */
export function operation(id) {
  const found = operations.get(id);
  if (!found) throw new Error(`openapi.yaml has no operation ${id}`);
  return found;
}

/** @param {any} object */
function resolved(object) {
  if (!object?.$ref) return object;
  return object.$ref.slice(2).split('/').reduce((/** @type {any} */ at, /** @type {string} */ key) => at[key], openapi);
}

/**
 * Holds one answer against the contract.
 * @param {Operation} op
 * @param {{status: number, headers: Record<string, string | string[] | undefined>, body: any, text: string}} answer
 * @returns {string[]} what is wrong
 */
export function faultsOfAnswer(op, answer) {
  const faults = [];
  const status = String(answer.status);
  const type = String(answer.headers['content-type'] ?? '').split(';')[0].trim();
  if (answer.status >= 400) {
    if (type !== 'application/problem+json') return [`${status} came as "${type}" and not as a problem: ${answer.text.slice(0, 200)}`];
    const wrong = fault(`${OPENAPI}#/components/schemas/Problem`, answer.body);
    if (wrong) faults.push(`problem: ${wrong}`);
    if (answer.body.status !== answer.status) faults.push(`the problem says status ${answer.body.status}`);
    const slug = slugOf(answer.body);
    const known = answer.status === 405 ? ['method'] : (op.spec['x-problems'][status] ?? []);
    if (!known.includes(slug)) faults.push(`${slug} is not documented for ${op.id} ${status}`);
  }
  const documented = answer.status === 405 ? resolved({ $ref: '#/components/responses/MethodNotAllowed' }) : resolved(op.spec.responses[status]);
  if (!documented) return [...faults, `${op.id} documents no ${status}: ${answer.text.slice(0, 300)}`];
  for (const [name, header] of Object.entries(documented.headers ?? {})) {
    const rule = resolved(header);
    const value = answer.headers[name.toLowerCase()];
    if (value === undefined) {
      if (rule.required) faults.push(`the header ${name} is missing`);
    } else if (rule.schema.pattern && !new RegExp(rule.schema.pattern, 'u').test(String(value))) {
      faults.push(`the header ${name} is "${value}"`);
    }
  }
  const types = Object.keys(documented.content ?? {});
  if (types.length === 0) {
    if (answer.text !== '' && answer.status !== 101) faults.push(`${status} has a body`);
  } else if (!types.includes(type)) {
    faults.push(`${status} came as "${type}"`);
  } else if (type.endsWith('json')) {
    const own = `/paths/${escaped(op.path)}/${op.method.toLowerCase()}/responses/${status}`;
    const owner = answer.status === 405 ? '/components/responses/MethodNotAllowed' : (op.spec.responses[status].$ref?.slice(1) ?? own);
    const wrong = fault(`${OPENAPI}#${owner}/content/${escaped(type)}/schema`, answer.body);
    if (wrong) faults.push(`${status}: ${wrong}`);
  }
  return faults;
}

/**
 * @param {Operation} op
 * @param {unknown} body
 * @returns {string | null} what the contract finds wrong with a request's body
 */
export function faultOfRequest(op, body) {
  if (!op.spec.requestBody) return null;
  return fault(`${OPENAPI}#/paths/${escaped(op.path)}/${op.method.toLowerCase()}/requestBody/content/application~1json/schema`, body);
}

/** What a client sends a body as. @param {Operation} op */
export function mediaTypeOf(op) {
  if (op.method === 'PATCH') return 'application/merge-patch+json';
  const types = Object.keys(op.spec.requestBody?.content ?? {});
  return types.length === 1 ? String(types[0]) : 'application/json';
}

/**
 * The fields that a request's body may have, each with its schema and a check of one value.
 * @param {Operation} op
 * @returns {{name: string, schema: any, takes: (value: unknown) => boolean}[]}
 */
export function fieldsOf(op) {
  const ref = op.spec.requestBody?.content['application/json']?.schema.$ref;
  if (!ref) return [];
  return Object.entries(resolved({ $ref: ref }).properties).map(([name, schema]) => ({
    name,
    schema: resolved(schema),
    takes: (value) => fault(`${OPENAPI}${ref}/properties/${escaped(name)}`, value) === null,
  }));
}

/** @param {any} problem @returns {string} */
export const slugOf = (problem) => String(problem?.type ?? '').replace('/problems/', '');

/** The frames that the server sends, by their `is`. @type {Map<string, string>} */
const frames = new Map();
for (const [name, message] of Object.entries(asyncapi.components.messages)) {
  const schema = message.payload.$ref.split('/').at(-1);
  const is = asyncapi.components.schemas[schema].properties.is?.const;
  if (is) frames.set(is, name);
}
export const knownFrames = [...frames.keys()];

/** @param {any} frame of the server @returns {string | null} what is wrong */
export function faultOfFrame(frame) {
  const name = frames.get(frame?.is);
  if (!name) return `an undocumented frame: ${JSON.stringify(frame).slice(0, 200)}`;
  const wrong = fault(`${ASYNCAPI}#/components/messages/${name}/payload`, frame);
  return wrong && `${frame.is}: ${wrong} in ${JSON.stringify(frame).slice(0, 500)}`;
}

/** @param {string} name of a message in asyncapi.yaml @param {any} payload */
export const faultOfMessage = (name, payload) => fault(`${ASYNCAPI}#/components/messages/${name}/payload`, payload);
