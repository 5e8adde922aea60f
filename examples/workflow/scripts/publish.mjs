// Publishes the price list: here, into a folder.
import { copyFileSync, mkdirSync } from 'node:fs';

mkdirSync('published', { recursive: true });
copyFileSync('dist/prices.txt', 'published/prices.txt');
console.log('Published.');
