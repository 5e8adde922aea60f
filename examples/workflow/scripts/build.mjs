// Builds the price list. The first build forgets that prices have two digits after the point; told of it, it mends that.
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';

const prices = { bread: 3.5, rolls: 0.7, cake: 21 };
const context = process.env.PARALLEL_GROUPS_CONTEXT ?? '';
const findings = existsSync(context)
  ? (JSON.parse(readFileSync(context, 'utf8')).findings ?? [])
  : [];
const isTold = findings.some((finding) => finding.includes('two digits'));

mkdirSync('dist', { recursive: true });
const lines = Object.entries(prices).map(
  ([name, price]) => `${name} ${isTold ? price.toFixed(2) : String(price)}`,
);
writeFileSync('dist/prices.txt', `${lines.join('\n')}\n`);
console.log(isTold ? 'Built with two digits.' : 'Built.');
