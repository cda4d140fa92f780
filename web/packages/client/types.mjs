// Writes src/contract.ts: the types of both contracts, api/openapi.yaml and api/asyncapi.yaml. openapi-typescript
// reads no AsyncAPI, but its schemas are JSON Schema as OpenAPI's are: they go beside those of openapi.yaml, which
// they refer to.
//   npm run types
import { readFile, writeFile } from 'node:fs/promises';
import { parseYaml } from '@redocly/openapi-core';
import openapiTS, { astToString } from 'openapi-typescript';

const read = (name) => readFile(new URL(`../../../api/${name}`, import.meta.url), 'utf8');
const openapi = parseYaml(await read('openapi.yaml'));
const asyncapi = parseYaml((await read('asyncapi.yaml')).replaceAll("'./openapi.yaml#/", "'#/"));
for (const [name, schema] of Object.entries(asyncapi.components.schemas)) {
  if (name in openapi.components.schemas) throw new Error(`Both contracts have a schema ${name}.`);
  openapi.components.schemas[name] = schema;
}
await writeFile(new URL('src/contract.ts', import.meta.url), astToString(await openapiTS(openapi)));
