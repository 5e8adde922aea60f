// node scripts/check.js 20 C 68 F: whether 20 C are 68 F.
import { convert } from '../src/convert.js';

const [value, from, expected, to] = process.argv.slice(2);
const result = convert(Number(value), from, to);
const isRight = Math.abs(result - Number(expected)) < 1e-6;
console.log(`${value} ${from} = ${String(result)} ${to}${isRight ? '' : `, expected ${expected}`}`);
process.exitCode = isRight ? 0 : 1;
