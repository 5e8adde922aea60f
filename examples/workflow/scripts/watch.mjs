// Looks at what was published. What is wrong goes into the result's findings, which sends the workflow back to development.
import { readFileSync, writeFileSync } from 'node:fs';

const wrong = readFileSync('published/prices.txt', 'utf8')
  .trim()
  .split('\n')
  .filter((line) => !/ \d+\.\d\d$/.test(line));
const findings =
  wrong.length === 0 ? [] : [`Prices need two digits after the point: ${wrong.join(', ')}`];
const result = process.env.PARALLEL_GROUPS_RESULT;
if (result !== undefined) writeFileSync(result, JSON.stringify({ findings }));
console.log(findings[0] ?? 'All prices are well.');
